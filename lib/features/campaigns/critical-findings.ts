import type { Tx } from '@/lib/db/client';
import { emailTemplateSchema } from '@/lib/domain/template';
import { missingCompliance } from '@/lib/domain/template-analysis';
import type { FieldIssue } from '@/lib/errors';
import type { Campaign } from '@/lib/features/campaigns/get-campaign';

async function existing(tx: Tx, workspaceId: string, table: string, ids: string[]): Promise<Set<string>> {
  const rows = await tx.sql<{ id: string }[]>`
    select id from ${tx.sql(table)} where workspace_id = ${workspaceId} and id = any(${ids}::text[]) and archived_at is null`;
  return new Set(rows.map((row) => row.id));
}

/** What makes a launch impossible or unlawful; each is one sentence that says what to do. */
export async function criticalFindings(tx: Tx, workspaceId: string, campaign: Campaign): Promise<FieldIssue[]> {
  const { audience, flow } = campaign.draft;
  const findings: FieldIssue[] = [];
  const say = (path: string, message: string) => findings.push({ path, message });
  if (audience.include.length === 0)
    say('audience.include', 'The campaign has no audience: choose a list or a segment.');
  if (!flow.some((step) => step.kind !== 'wait'))
    say('flow', 'The flow has no step that does anything: add an email, an SMS or a record step.');
  if (new Set(flow.map((step) => step.id)).size < flow.length) say('flow', 'Two steps have the same id.');
  const sources = [...audience.include, ...audience.exclude];
  const lists = sources.flatMap((source) => (source.kind === 'list' ? [source.id] : []));
  const knownLists = await existing(tx, workspaceId, 'lists', lists);
  if (lists.some((id) => !knownLists.has(id)))
    say('audience', 'The audience names a list that does not exist any more.');
  const [workspace] = await tx.sql<{ postalAddress: string | null }[]>`
    select settings ->> 'postalAddress' as "postalAddress" from workspaces where id = ${workspaceId}`;
  const postalAddress = workspace?.postalAddress ?? '';
  for (const [index, step] of flow.entries()) {
    const path = `flow.${index}`;
    if (step.kind === 'wait') continue;
    if (step.onlyIf?.kind === 'engagement') {
      const { stepId } = step.onlyIf;
      if (!flow.slice(0, index).some((earlier) => earlier.id === stepId))
        say(path, `The condition of “${step.name}” looks at a step that does not come before it.`);
    }
    if (step.kind === 'record') {
      if (step.sink.kind !== 'table') continue;
      const tables = await existing(tx, workspaceId, 'output_tables', [step.sink.outputTableId]);
      if (tables.size === 0) say(path, `The step “${step.name}” has no output table: choose one.`);
      continue;
    }
    if ((await existing(tx, workspaceId, 'senders', [step.senderId])).size === 0)
      say(path, `The step “${step.name}” has no sender: choose one.`);
    const [template] = await tx.sql<{ content: unknown }[]>`
      select content from templates where workspace_id = ${workspaceId} and id = ${step.templateId} and archived_at is null`;
    if (!template) {
      say(path, `The step “${step.name}” has no template: choose one.`);
      continue;
    }
    if (step.kind !== 'email') continue;
    const parsed = emailTemplateSchema.safeParse(template.content);
    if (!parsed.success) {
      say(
        path,
        `The template of “${step.name}” is not complete: ${parsed.error.issues[0]?.message ?? 'it cannot be read'}.`,
      );
      continue;
    }
    for (const gap of missingCompliance(parsed.data, { postalAddress })) {
      say(
        path,
        gap === 'unsubscribe_link'
          ? `The email “${step.name}” has no unsubscribe link: add a footer.`
          : `The email “${step.name}” shows no postal address: set it in Settings → Workspace.`,
      );
    }
  }
  return findings;
}
