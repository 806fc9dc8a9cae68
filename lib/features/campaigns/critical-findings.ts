import type { Tx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import type { FlowStep, MessageStep } from '@/lib/domain/campaign';
import { STANDARD_FIELDS } from '@/lib/domain/contact';
import type { Finding } from '@/lib/domain/preflight';
import { nextOccurrences, planRecurrence, type Recurrence } from '@/lib/domain/recurrence';
import { emailTemplateSchema, smsTemplateSchema } from '@/lib/domain/template';
import { analyseEmail, analyseSms, missingCompliance } from '@/lib/domain/template-analysis';
import type { FieldIssue } from '@/lib/errors';
import type { Campaign } from '@/lib/features/campaigns/get-campaign';

export type CriticalFinding = FieldIssue & Pick<Finding, 'code' | 'fix'>;
type Fix = NonNullable<Finding['fix']>;

interface Known {
  postalAddress: string;
  timeZone: string;
  fields: string[];
  lists: Set<string>;
  segments: Set<string>;
  outputTables: Set<string>;
  connections: Set<string>;
  /** Senders whose provider is still there, with their channel. */
  senders: Map<string, string>;
  templates: Map<string, { channel: string; content: unknown }>;
}

function idsOf(campaign: Campaign) {
  const { audience, flow } = campaign.draft;
  const sources = [...audience.include, ...audience.exclude];
  const messages = flow.filter((step): step is MessageStep => step.kind === 'email' || step.kind === 'sms');
  return {
    lists: sources.flatMap((source) => (source.kind === 'list' ? [source.id] : [])),
    segments: sources.flatMap((source) => (source.kind === 'segment' ? [source.id] : [])),
    tables: flow.flatMap((step) =>
      step.kind === 'record' && step.sink.kind === 'table' ? [step.sink.outputTableId] : [],
    ),
    connections: flow.flatMap((step) =>
      step.kind === 'record' && step.sink.kind !== 'table' ? [step.sink.connectionId] : [],
    ),
    senders: messages.map((step) => step.senderId),
    templates: messages.map((step) => step.templateId),
  };
}

async function loadKnown({ sql }: Tx, ws: string, campaign: Campaign): Promise<Known> {
  const ids = idsOf(campaign);
  const among = async (table: string, wanted: string[], living = true) => {
    if (wanted.length === 0) return new Set<string>();
    const rows = await sql<{ id: string }[]>`
      select id from ${sql(table)} where workspace_id = ${ws} and id = any(${wanted}::text[])
        ${living ? sql`and archived_at is null` : sql``}`;
    return new Set(rows.map(({ id }) => id));
  };
  const [workspace] = await sql<{ postalAddress: string | null; timeZone: string; keys: string[] }[]>`
    select time_zone as "timeZone", settings ->> 'postalAddress' as "postalAddress",
           array(select key from attribute_definitions where workspace_id = ${ws}) as keys
    from workspaces where id = ${ws}`;
  const senders = await sql<{ id: string; channel: string }[]>`
    select s.id, s.channel from senders s
    join provider_accounts a on a.workspace_id = s.workspace_id and a.id = s.provider_account_id and a.archived_at is null
    where s.workspace_id = ${ws} and s.id = any(${ids.senders}::text[]) and s.archived_at is null`;
  const templates = await sql<{ id: string; channel: string; content: unknown }[]>`
    select id, channel, content from templates
    where workspace_id = ${ws} and id = any(${ids.templates}::text[]) and archived_at is null`;
  return {
    postalAddress: workspace?.postalAddress ?? '',
    timeZone: workspace?.timeZone ?? 'UTC',
    fields: [...Object.keys(STANDARD_FIELDS), ...(workspace?.keys ?? [])],
    lists: await among('lists', ids.lists),
    // an archived segment keeps working for what uses it
    segments: await among('segments', ids.segments, false),
    outputTables: await among('output_tables', ids.tables),
    connections: await among('output_connections', ids.connections),
    senders: new Map(senders.map(({ id, channel }) => [id, channel])),
    templates: new Map(templates.map(({ id, ...rest }) => [id, rest])),
  };
}

type Say = (code: string, message: string, fix: Fix) => void;

function judgeContent(step: MessageStep, content: unknown, known: Known, say: Say): void {
  const open: Fix = { label: 'Open the template', href: `/templates/${step.templateId}` };
  const parsed = step.kind === 'email' ? emailTemplateSchema.safeParse(content) : smsTemplateSchema.safeParse(content);
  if (!parsed.success) {
    const why = parsed.error.issues[0]?.message ?? 'it cannot be read';
    say('template_broken', `The template of “${step.name}” is not complete: ${why}`, open);
    return;
  }
  const analysis =
    'text' in parsed.data ? analyseSms(parsed.data, known.fields) : analyseEmail(parsed.data, known.fields);
  for (const field of analysis.unknown.filter((one) => analysis.withoutFallback.includes(one))) {
    const message = `“${step.name}” shows {{ ${field} }}, which no contact has: correct the tag or give it a fallback.`;
    say(`unknown_tag:${field}`, message, open);
  }
  if ('text' in parsed.data) return;
  for (const gap of missingCompliance(parsed.data, { postalAddress: known.postalAddress })) {
    if (gap === 'unsubscribe_link') {
      say('no_unsubscribe_link', `The email “${step.name}” has no unsubscribe link: add a footer.`, open);
    } else if (known.postalAddress.trim() === '') {
      const settings = { label: 'Workspace settings', href: '/settings/workspace' };
      const message = `The email “${step.name}” shows no postal address: set it in Settings → Workspace.`;
      say('no_postal_address', message, settings);
    } else {
      say('no_postal_address', `The email “${step.name}” shows no postal address: add a footer.`, open);
    }
  }
}

function judgeStep(step: FlowStep, index: number, flow: readonly FlowStep[], known: Known, say: Say, here: Fix): void {
  if (step.kind === 'wait') return;
  if (step.onlyIf?.kind === 'engagement') {
    const { stepId } = step.onlyIf;
    if (!flow.slice(0, index).some((earlier) => earlier.id === stepId))
      say('condition', `The condition of “${step.name}” looks at a step that does not come before it.`, here);
  }
  if (step.kind === 'condition') return;
  if (step.kind === 'record') {
    if (step.sink.kind === 'table' && !known.outputTables.has(step.sink.outputTableId))
      say('no_table', `The step “${step.name}” has no output table: choose one.`, here);
    if (step.sink.kind !== 'table' && !known.connections.has(step.sink.connectionId))
      say('no_connection', `The step “${step.name}” has no connection to record to: choose one.`, here);
    return;
  }
  if (known.senders.get(step.senderId) !== step.kind)
    say('no_sender', `The step “${step.name}” has no sender: choose one.`, here);
  const template = known.templates.get(step.templateId);
  if (template?.channel === step.kind) judgeContent(step, template.content, known, say);
  else say('no_template', `The step “${step.name}” has no template: choose one.`, here);
}

function hasOccurrence(recurrence: Recurrence, timeZone: string): boolean {
  const now = databaseNow();
  return nextOccurrences(planRecurrence(recurrence, { timeZone, now }), now, 1).length > 0;
}

/** What makes a launch impossible or unlawful; each is one sentence that says what to do, with the place to do it. */
export async function criticalFindings(tx: Tx, workspaceId: string, campaign: Campaign): Promise<CriticalFinding[]> {
  const { audience, flow, schedule } = campaign.draft;
  const known = await loadKnown(tx, workspaceId, campaign);
  const at = `/campaigns/${campaign.id}`;
  const found: CriticalFinding[] = [];
  const say = (path: string, code: string, message: string, fix: Fix) => found.push({ path, code, message, fix });
  const who: Fix = { label: 'Change who gets it', href: `${at}#who` };
  const what: Fix = { label: 'Change the flow', href: `${at}#what` };
  if (campaign.status === 'archived')
    say('', 'archived', 'The campaign is archived: restore it first.', { label: 'Open the campaign', href: at });
  if (audience.include.length === 0)
    say('audience.include', 'no_audience', 'The campaign has no audience: choose a list or a segment.', who);
  if (schedule.kind === 'recurring' && !hasOccurrence(schedule, known.timeZone)) {
    const when: Fix = { label: 'Change when it goes', href: `${at}#when` };
    say('schedule', 'no_occurrence', 'The schedule has no occurrence to come: choose its days, or a later end.', when);
  }
  if (!flow.some((step) => step.kind !== 'wait' && step.kind !== 'condition')) {
    const message = 'The flow has no step that does anything: add an email, an SMS or a record step.';
    say('flow', 'no_flow', message, what);
  }
  if (new Set(flow.map((step) => step.id)).size < flow.length)
    say('flow', 'double_step', 'Two steps have the same id.', what);
  const sources = [...audience.include, ...audience.exclude];
  if (sources.some((source) => source.kind === 'list' && !known.lists.has(source.id)))
    say('audience', 'list_gone', 'The audience names a list that does not exist any more: choose another one.', who);
  if (sources.some((source) => source.kind === 'segment' && !known.segments.has(source.id)))
    say('audience', 'segment_gone', 'The audience names a segment that does not exist any more: choose another.', who);
  for (const [index, step] of flow.entries()) {
    const here: Fix = { label: `Open “${step.name}”`, href: `${at}?step=${step.id}#what` };
    judgeStep(
      step,
      index,
      flow,
      known,
      (code, message, fix) => say(`flow.${index}`, `${code}:${step.id}`, message, fix),
      here,
    );
  }
  return found;
}
