import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { WorkspaceHours } from '@/lib/domain/send-hours';

export interface Choice {
  id: string;
  name: string;
  /** It was put away since: shown where it is in use, offered nowhere else. */
  gone: boolean;
}
export interface TemplateChoice extends Choice {
  channel: 'email' | 'sms';
  /** The subject of an email, the beginning of a text message. */
  summary: string;
}
export interface SenderChoice extends Choice {
  channel: 'email' | 'sms';
  from: string;
  provider: string;
}
export interface ConnectionChoice extends Choice {
  kind: 'postgres' | 'webhook';
}
export interface CampaignChoices {
  lists: Choice[];
  segments: Choice[];
  campaigns: Choice[];
  templates: TemplateChoice[];
  senders: SenderChoice[];
  outputTables: Choice[];
  connections: ConnectionChoice[];
  attributes: { key: string; label: string }[];
  /** In which hours the workspace lets messages leave. */
  hours: WorkspaceHours;
}

const MOST = 500;

/** Everything the builder lets a person choose from, by name; the five hundred newest of each at most. */
export async function campaignChoices(ctx: Ctx): Promise<CampaignChoices> {
  authorise(ctx, 'campaigns.read');
  const ws = ctx.workspaceId;
  return withTx(ctx, async ({ sql }) => {
    const named = async (table: string): Promise<Choice[]> => [
      ...(await sql<Choice[]>`
        select * from (select id, name, archived_at is not null as gone from ${sql(table)}
          where workspace_id = ${ws} order by archived_at is not null, id desc limit ${MOST}) t order by lower(name), id`),
    ];
    const templates = await sql<TemplateChoice[]>`
      select * from (select id, name, channel, archived_at is not null as gone,
          left(coalesce(content ->> 'subject', content ->> 'text', ''), 160) as summary
        from templates where workspace_id = ${ws} order by archived_at is not null, id desc limit ${MOST}) t
      order by lower(name), id`;
    const senders = await sql<SenderChoice[]>`
      select s.id, s.name, s.channel, s.archived_at is not null as gone, a.name as provider,
             coalesce(s.from_name || ' <' || s.address || '>', s.address) as "from"
      from senders s join provider_accounts a on a.workspace_id = s.workspace_id and a.id = s.provider_account_id
      where s.workspace_id = ${ws} order by lower(s.name), s.id limit ${MOST}`;
    const connections = await sql<ConnectionChoice[]>`
      select id, name, kind, archived_at is not null as gone from output_connections
      where workspace_id = ${ws} order by archived_at is not null, lower(name), id limit ${MOST}`;
    const attributes = await sql<{ key: string; label: string }[]>`
      select key, label from attribute_definitions where workspace_id = ${ws} order by lower(label), key limit ${MOST}`;
    const [workspace] = await sql<{ hours: WorkspaceHours | null }[]>`
      select settings -> 'sendHours' as hours from workspaces where id = ${ws}`;
    return {
      lists: await named('lists'),
      segments: await named('segments'),
      campaigns: await named('campaigns'),
      templates: [...templates],
      senders: [...senders],
      outputTables: await named('output_tables'),
      connections: [...connections],
      attributes: [...attributes],
      hours: workspace?.hours ?? {},
    };
  });
}
