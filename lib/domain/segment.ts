import { z } from 'zod';
import { type AttributeType, attributeKeySchema } from './attribute';
import { CONSENTS } from './contact';
import { valueTestSchema } from './value-test';

/** What a rule may ask about a contact besides its attributes, with the type of the answer. */
export const FIELD_TYPES = {
  external_id: 'text',
  email: 'text',
  phone: 'text',
  first_name: 'text',
  last_name: 'text',
  language: 'text',
  time_zone: 'text',
  email_consent: 'text',
  sms_consent: 'text',
  email_opted_out: 'boolean',
  sms_opted_out: 'boolean',
  do_not_market: 'boolean',
  hard_bounces: 'number',
  soft_bounces: 'number',
  created_at: 'date',
} as const satisfies Record<string, AttributeType>;
export type SegmentField = keyof typeof FIELD_TYPES;
const FIELDS = Object.keys(FIELD_TYPES) as [SegmentField, ...SegmentField[]];

export const BEHAVIOURS = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'bounced',
  'complained',
  'unsubscribed',
  'failed',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];
export const LIST_STATES = ['subscribed', 'unsubscribed', 'pending', 'on', 'not_on'] as const;

export const MAX_RULE_DEPTH = 8;
export const MAX_RULE_CONDITIONS = 200;

const fieldConditionSchema = z
  .object({ kind: z.literal('field'), field: z.enum(FIELDS), test: valueTestSchema })
  .superRefine(({ field, test }, issues) => {
    const type = FIELD_TYPES[field];
    if (test.type !== type) issues.addIssue({ code: 'custom', message: `must be a ${type} test`, path: ['test'] });
    if (!field.endsWith('_consent') || test.type !== 'text') return;
    const values = 'values' in test ? test.values : 'value' in test ? [test.value] : [];
    if (values.some((value) => !CONSENTS.some((consent) => consent === value))) {
      issues.addIssue({ code: 'custom', message: 'must be granted, revoked or unknown', path: ['test'] });
    }
  });

export const segmentConditionSchema = z.discriminatedUnion('kind', [
  fieldConditionSchema,
  z.object({ kind: z.literal('attribute'), key: attributeKeySchema, test: valueTestSchema }),
  z.object({ kind: z.literal('list'), listId: z.string().min(1).max(60), is: z.enum(LIST_STATES) }),
  z.object({
    kind: z.literal('behaviour'),
    did: z.enum(BEHAVIOURS),
    /** False: the opposite, such as “never clicked”. */
    happened: z.boolean().default(true),
    /** Any campaign if left out. */
    campaignId: z.string().min(1).max(60).optional(),
    withinDays: z.number().int().min(1).max(3650).optional(),
  }),
  z.object({ kind: z.literal('segment'), segmentId: z.string().min(1).max(60), is: z.enum(['in', 'not_in']) }),
]);
export type SegmentCondition = z.infer<typeof segmentConditionSchema>;

const groupSchema = z.object({
  kind: z.literal('group'),
  /** All of nothing is everybody, any of nothing is nobody, none of nothing is everybody. */
  match: z.enum(['all', 'any', 'none']),
  get rules() {
    return z.array(z.union([groupSchema, segmentConditionSchema]));
  },
});
z.globalRegistry.add(groupSchema, { id: 'SegmentRule' });
export type SegmentGroup = z.infer<typeof groupSchema>;
export type SegmentNode = SegmentGroup | SegmentCondition;
export type SegmentRule = SegmentGroup;

function childrenOf(node: unknown): unknown[] {
  const rules = typeof node === 'object' && node !== null && 'rules' in node ? node.rules : undefined;
  return Array.isArray(rules) ? rules : [];
}

/** Level by level, so that input of any depth is measured before anything recursive looks at it. */
function measure(root: unknown): { depth: number; nodes: number } {
  let level: unknown[] = [root];
  let nodes = 0;
  let depth = 0;
  while (level.length > 0 && depth <= MAX_RULE_DEPTH) {
    depth++;
    nodes += level.length;
    if (nodes > 2 * MAX_RULE_CONDITIONS) break;
    level = level.flatMap(childrenOf);
  }
  return { depth, nodes };
}

/** A segment's rule: groups of conditions, nested. Caps its own depth and size; says nothing about existence of what it names. */
export const segmentRuleSchema = z.preprocess((input, issues) => {
  const { depth, nodes } = measure(input);
  if (depth > MAX_RULE_DEPTH) {
    issues.addIssue({ code: 'custom', message: `A rule may be nested at most ${MAX_RULE_DEPTH} levels deep.`, input });
    return z.NEVER;
  }
  if (nodes > MAX_RULE_CONDITIONS) {
    issues.addIssue({ code: 'custom', message: `A rule may have at most ${MAX_RULE_CONDITIONS} conditions.`, input });
    return z.NEVER;
  }
  return input;
}, groupSchema);

export const EVERYBODY: SegmentRule = { kind: 'group', match: 'all', rules: [] };

/** Every condition of a rule in reading order, without following other segments. */
export function conditionsOf(node: SegmentNode): SegmentCondition[] {
  return node.kind === 'group' ? node.rules.flatMap(conditionsOf) : [node];
}

/** The segments a rule names directly. */
export function segmentsOf(node: SegmentNode): string[] {
  const ids = conditionsOf(node).flatMap((one) => (one.kind === 'segment' ? [one.segmentId] : []));
  return [...new Set(ids)];
}
