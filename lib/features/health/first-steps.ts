import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

/** What a workspace has already, on the way to its first run. */
export interface FirstSteps {
  contacts: boolean;
  templates: boolean;
  senders: boolean;
  campaigns: boolean;
  runs: boolean;
}

/** Which of the steps to a first run are done. */
export async function firstSteps(ctx: Ctx): Promise<FirstSteps> {
  authorise(ctx, 'runs.read');
  const [row] = await withTx(ctx, ({ sql }) => {
    const ws = ctx.workspaceId;
    return sql<FirstSteps[]>`
      select exists (select 1 from contacts where workspace_id = ${ws}) as contacts,
        exists (select 1 from templates where workspace_id = ${ws}) as templates,
        exists (select 1 from senders where workspace_id = ${ws} and archived_at is null) as senders,
        exists (select 1 from campaigns where workspace_id = ${ws}) as campaigns,
        exists (select 1 from runs where workspace_id = ${ws}) as runs`;
  });
  return row ?? { contacts: false, templates: false, senders: false, campaigns: false, runs: false };
}
