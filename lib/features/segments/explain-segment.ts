import { z } from 'zod';
import { authorise, type Ctx, may } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import type { SegmentNode, SegmentRule } from '@/lib/domain/segment';
import { describeCondition, type RuleNames } from '@/lib/domain/segment-describe';
import { AppError } from '@/lib/errors';
import { loadRuleNames } from '@/lib/features/segments/load-rule-names';
import { type SegmentQuery, segmentSourceSchema, withSegmentQuery } from '@/lib/features/segments/segment-query';
import { compileNodeSql } from '@/lib/features/segments/segment-where';
import { part, type SqlPart, toFragment, verbatim } from '@/lib/features/segments/sql-part';

const explainSegmentSchema = z.object({ source: segmentSourceSchema, contactId: z.string() });

/** One condition or group and whether it holds for the contact. */
export interface Explanation {
  sentence: string;
  holds: boolean;
  parts: Explanation[];
}

const GROUP_SENTENCES = {
  all: 'All of these hold',
  any: 'At least one of these holds',
  none: 'None of these holds',
} as const;

type Outline = { sentence: string; node: SegmentNode; parts: Outline[] };

function outline(node: SegmentNode, names: RuleNames, rules: Record<string, SegmentRule>): Outline {
  if (node.kind === 'group') {
    const sentence = node.rules.length === 0 ? 'There are no conditions' : GROUP_SENTENCES[node.match];
    return { sentence, node, parts: node.rules.map((one) => outline(one, names, rules)) };
  }
  const inner = node.kind === 'segment' ? rules[node.segmentId] : undefined;
  const parts = inner ? [outline(inner, names, rules)] : [];
  return { sentence: describeCondition(node, names), node, parts };
}

function flatten(one: Outline): Outline[] {
  return [one, ...one.parts.flatMap(flatten)];
}

async function answers({ tx, rules, timeZone, now }: SegmentQuery, ctx: Ctx, contactId: string, all: Outline[]) {
  const options = { workspaceId: ctx.workspaceId, now, rules, timeZone };
  const columns = all.map(({ node }) => part`${compileNodeSql(node, options)} is true`);
  const glue = verbatim(', ');
  const list = columns.reduce((before: SqlPart, one) => part`${before}${glue}${one}`);
  const { sql } = tx;
  const [row] = await sql<{ answers: boolean[] }[]>`
    select array[${toFragment(sql, list)}] as answers from contacts c
    where c.workspace_id = ${ctx.workspaceId} and c.id = ${contactId} and c.erased_at is null`;
  if (!row) throw new AppError('not_found', 'There is no such contact in this workspace.');
  return row.answers;
}

/**
 * Why a contact is or is not in a segment: the rule as a tree of sentences, each with its answer. The answers come from
 * the same SQL as the count, so the two cannot disagree. Throws `not_found`.
 */
export async function explainSegment(
  ctx: Ctx,
  input: z.input<typeof explainSegmentSchema>,
  now = new Date(),
): Promise<Explanation> {
  if (!may(ctx, 'service.lookup')) authorise(ctx, 'contacts.read');
  const { source, contactId } = parseInput(explainSegmentSchema, input);
  return withSegmentQuery(ctx, source, now, async (query) => {
    const names = await loadRuleNames(query.tx, ctx.workspaceId, [query.rule, ...Object.values(query.rules)]);
    const root = outline(query.rule, names, query.rules);
    const all = flatten(root);
    const holds = await answers(query, ctx, contactId, all);
    const answered = (one: Outline): Explanation => ({
      sentence: one.sentence,
      holds: holds[all.indexOf(one)] ?? false,
      parts: one.parts.map(answered),
    });
    return answered(root);
  });
}
