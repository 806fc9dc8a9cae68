import type postgres from 'postgres';
import { type SegmentCondition, type SegmentNode, type SegmentRule, segmentRuleSchema } from '@/lib/domain/segment';
import { AppError } from '@/lib/errors';
import {
  type Clock,
  type Compiled,
  compileAttributeTest,
  compileFieldTest,
  nullable,
} from '@/lib/features/segments/compile-test';
import {
  type Fragment,
  joined,
  part,
  type SqlPart,
  toFragment,
  toText,
  verbatim,
} from '@/lib/features/segments/sql-part';

export interface SegmentWhereOptions {
  workspaceId: string;
  now: Date;
  /** Rules of the segments that the rule names, directly or through others, by id; see loadSegmentRules. */
  rules?: Readonly<Record<string, unknown>>;
  /** Where a day begins and ends; UTC if left out. */
  timeZone?: string;
}

interface Scope {
  workspaceId: string;
  now: Date;
  clock: Clock;
  rules: Readonly<Record<string, unknown>>;
  /** Segments that are being compiled, outermost first. */
  path: readonly string[];
  budget: { conditions: number };
  /** Where joins may be added to what is read from; null where the rule must be an expression alone. */
  joins: SqlPart[] | null;
}
const MAX_CONDITIONS_IN_ALL = 500;
/** PostgreSQL weighs every order of up to eight relations. */
const MAX_JOINS = 5;

function exists(body: SqlPart): Compiled {
  return { expr: part`exists (${body})`, opposite: part`not exists (${body})` };
}

/**
 * `outermost`: the condition must hold (or must not) for the whole rule to match, so that PostgreSQL can make a join of
 * its `exists` by itself. It cannot below an `or`, and would look once per contact; a list is joined by hand there.
 */
function onList(
  { listId, is }: Extract<SegmentCondition, { kind: 'list' }>,
  scope: Scope,
  outermost: boolean,
): Compiled {
  if (!outermost && scope.joins && scope.joins.length < MAX_JOINS) {
    const l = verbatim(`l${scope.joins.length + 1}`);
    const status = is === 'on' || is === 'not_on' ? part`` : part`and ${l}.status = ${is}::text`;
    scope.joins.push(part`left join subscriptions ${l} on ${l}.workspace_id = ${scope.workspaceId}::text
      and ${l}.list_id = ${listId}::text and ${l}.contact_id = c.id ${status}`);
    const [found, missing] = [part`${l}.contact_id is not null`, part`${l}.contact_id is null`];
    return is === 'not_on' ? { expr: missing, opposite: found } : { expr: found, opposite: missing };
  }
  const body = part`select 1 from subscriptions s where s.workspace_id = ${scope.workspaceId}::text
    and s.list_id = ${listId}::text and s.contact_id = c.id`;
  if (is === 'on') return exists(body);
  if (is === 'not_on') {
    const { expr, opposite } = exists(body);
    return { expr: opposite, opposite: expr };
  }
  return exists(part`${body} and s.status = ${is}::text`);
}

function behaved(condition: Extract<SegmentCondition, { kind: 'behaviour' }>, scope: Scope): Compiled {
  const { campaignId, did, happened, withinDays } = condition;
  const since = withinDays ? new Date(scope.now.getTime() - withinDays * 86_400_000).toISOString() : null;
  const runs = part`select r.id from runs r where r.workspace_id = ${scope.workspaceId}::text
    and r.campaign_id = ${campaignId ?? ''}::text`;
  // what was sent is told by its delivery, everything else by a line of history
  const body =
    did === 'sent'
      ? part`select 1 from deliveries d where d.workspace_id = ${scope.workspaceId}::text and d.contact_id = c.id
    and d.history_id is not null ${since ? part`and d.settled_at >= ${since}::timestamptz` : part``}
    ${campaignId ? part`and d.run_id in (${runs})` : part``}`
      : part`select 1 from interactions i where i.workspace_id = ${scope.workspaceId}::text
    and i.contact_id = c.id and i.type = any(${[`email.${did}`, `sms.${did}`]}::text[])
    ${since ? part`and i.at >= ${since}::timestamptz` : part``}
    ${campaignId ? part`and i.run_id in (${runs})` : part``}`;
  const found = exists(body);
  return happened ? found : { expr: found.opposite, opposite: found.expr };
}

function inSegment(
  { segmentId, is }: Extract<SegmentCondition, { kind: 'segment' }>,
  scope: Scope,
  outermost: boolean,
): Compiled {
  if (scope.path.includes(segmentId)) {
    throw new AppError('invalid', 'This segment would contain itself through another segment. Take one of them out.');
  }
  const parsed = segmentRuleSchema.safeParse(scope.rules[segmentId]);
  if (!parsed.success) {
    throw new AppError('precondition', `The segment ${segmentId} that this rule names does not exist any more.`);
  }
  const found = compileNode(parsed.data, { ...scope, path: [...scope.path, segmentId] }, outermost && is === 'in');
  return is === 'in' ? found : { expr: found.opposite, opposite: found.expr };
}

function compileCondition(condition: SegmentCondition, scope: Scope, outermost: boolean): Compiled {
  scope.budget.conditions -= 1;
  if (scope.budget.conditions < 0) {
    throw new AppError('limit', `A segment may have at most ${MAX_CONDITIONS_IN_ALL} conditions with all it names.`);
  }
  switch (condition.kind) {
    case 'field':
      return compileFieldTest(condition.field, condition.test, scope.clock);
    case 'attribute':
      return compileAttributeTest(condition.key, condition.test, scope.clock);
    case 'list':
      return onList(condition, scope, outermost);
    case 'behaviour':
      return behaved(condition, scope);
    case 'segment':
      return inSegment(condition, scope, outermost);
  }
}

function compileNode(node: SegmentNode, scope: Scope, outermost: boolean): Compiled {
  if (node.kind !== 'group') return compileCondition(node, scope, outermost);
  const needed = outermost && (node.match !== 'any' || node.rules.length === 1);
  const parts = node.rules.map((one) =>
    compileNode(one, scope, needed && (node.match !== 'none' || one.kind !== 'group')),
  );
  switch (node.match) {
    case 'all':
      return nullable(
        joined(
          parts.map((one) => one.expr),
          'and',
          'true',
        ),
      );
    case 'any':
      return nullable(
        joined(
          parts.map((one) => one.expr),
          'or',
          'false',
        ),
      );
    case 'none':
      return nullable(
        joined(
          parts.map((one) => one.opposite),
          'and',
          'true',
        ),
      );
  }
}

function scopeOf(options: SegmentWhereOptions, joins: SqlPart[] | null = null): Scope {
  const timeZone = options.timeZone ?? 'UTC';
  // en-CA writes dates as ISO 8601 does
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(options.now);
  return {
    workspaceId: options.workspaceId,
    now: options.now,
    clock: { today, timeZone },
    rules: options.rules ?? {},
    path: [],
    budget: { conditions: MAX_CONDITIONS_IN_ALL },
    joins,
  };
}

/** One boolean SQL expression over `contacts c`; what a person wrote is in its values only. Null means no. */
export function compileNodeSql(node: SegmentNode, options: SegmentWhereOptions): SqlPart {
  return part`(${compileNode(node, scopeOf(options), true).expr})`;
}

/** The rule as text with numbered parameters, over `contacts c`. */
export function compileSegment(rule: SegmentRule, options: SegmentWhereOptions): { text: string; params: unknown[] } {
  return toText(compileNodeSql(rule, options));
}

/**
 * The rule as a fragment over `contacts c`, for tagged templates. The caller restricts `c` to the workspace and to
 * contacts that are not erased. Throws `precondition` for a named segment that is gone, `invalid` for a cycle.
 */
export function segmentWhere(
  sql: postgres.Sql | postgres.TransactionSql,
  rule: SegmentRule,
  options: SegmentWhereOptions,
): Fragment {
  return toFragment(sql, compileNodeSql(rule, options));
}

/**
 * The rule for reading many of its contacts: joins that stand right after `contacts c`, none of which repeats a contact,
 * and the expression that needs them. Restrictions and errors as those of segmentWhere.
 */
export function segmentJoins(
  sql: postgres.Sql | postgres.TransactionSql,
  rule: SegmentRule,
  options: SegmentWhereOptions,
): { joins: Fragment; where: Fragment } {
  const joins: SqlPart[] = [];
  const where = part`(${compileNode(rule, scopeOf(options, joins), true).expr})`;
  const all = joins.reduce((before, one) => part`${before} ${one}`, part``);
  return { joins: toFragment(sql, all), where: toFragment(sql, where) };
}
