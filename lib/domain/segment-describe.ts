import { FIELD_LABELS } from './contact';
import type { Behaviour, SegmentCondition, SegmentNode } from './segment';
import { describeTest } from './value-test';

/** Names for the ids and keys in a rule; what is missing is shown as it is. */
export interface RuleNames {
  attributes?: Readonly<Record<string, string>>;
  lists?: Readonly<Record<string, string>>;
  segments?: Readonly<Record<string, string>>;
  campaigns?: Readonly<Record<string, string>>;
}

const DID: Record<Behaviour, string> = {
  sent: 'was sent',
  delivered: 'had delivered',
  opened: 'opened',
  clicked: 'clicked in',
  bounced: 'bounced on',
  complained: 'complained about',
  unsubscribed: 'unsubscribed after',
  failed: 'could not be sent',
};
const DID_NOT: Record<Behaviour, string> = {
  sent: 'was not sent',
  delivered: 'did not have delivered',
  opened: 'did not open',
  clicked: 'did not click in',
  bounced: 'did not bounce on',
  complained: 'did not complain about',
  unsubscribed: 'did not unsubscribe after',
  failed: 'was never refused',
};
const ON_LIST = {
  subscribed: 'is subscribed to',
  unsubscribed: 'has unsubscribed from',
  pending: 'has not confirmed',
  on: 'is on',
  not_on: 'is not on',
} as const;

/** One condition as a sentence without a full stop: `Plan is “Prepaid 30”`. */
export function describeCondition(condition: SegmentCondition, names: RuleNames = {}): string {
  switch (condition.kind) {
    case 'field':
      return `${FIELD_LABELS[condition.field] ?? condition.field} ${describeTest(condition.test)}`;
    case 'attribute':
      return `${names.attributes?.[condition.key] ?? condition.key} ${describeTest(condition.test)}`;
    case 'list':
      return `${ON_LIST[condition.is]} the list “${names.lists?.[condition.listId] ?? condition.listId}”`;
    case 'behaviour': {
      const { campaignId, did, happened, withinDays } = condition;
      const what = campaignId ? `“${names.campaigns?.[campaignId] ?? campaignId}”` : 'any campaign';
      const when = withinDays ? ` in the last ${withinDays === 1 ? 'day' : `${withinDays} days`}` : '';
      return `${(happened ? DID : DID_NOT)[did]} ${what}${when}`;
    }
    case 'segment': {
      const name = names.segments?.[condition.segmentId] ?? condition.segmentId;
      return `is ${condition.is === 'in' ? 'in' : 'not in'} the segment “${name}”`;
    }
  }
}

const JOINED = { all: ' and ', any: ' or ', none: ' or ' } as const;

function describeNode(node: SegmentNode, names: RuleNames, nested: boolean): string {
  if (node.kind !== 'group') return describeCondition(node, names);
  const parts = node.rules.map((one) => describeNode(one, names, node.rules.length > 1));
  if (parts.length === 0) return node.match === 'any' ? 'nobody' : 'everybody';
  const text = parts.join(JOINED[node.match]);
  if (node.match === 'none') return parts.length === 1 ? `not (${text})` : `none of (${text})`;
  return nested && parts.length > 1 ? `(${text})` : text;
}

/** The whole rule as one sentence: `Plan is “Prepaid 30” and (Language is “en” or Language is “ms”).` */
export function describeRule(rule: SegmentNode, names: RuleNames = {}): string {
  const text = describeNode(rule, names, false);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
