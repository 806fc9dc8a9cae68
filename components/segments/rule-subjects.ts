import type { AttributeType } from '@/lib/domain/attribute';
import { FIELD_LABELS } from '@/lib/domain/contact';
import { FIELD_TYPES, type SegmentField } from '@/lib/domain/segment';
import type { RuleCatalogue } from './rule-context';
import { type DraftCondition, newKey, newTest } from './rule-draft';

/** Something a condition can be about. */
export interface Subject {
  id: string;
  label: string;
  room: 'Attributes' | 'Lists' | 'What they did' | 'Segments' | 'Contact';
  hint: string;
  /** Other words that find it. */
  also?: string;
  make: () => DraftCondition;
}

const TYPE_HINTS: Record<AttributeType, string> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  date: 'Date',
  tags: 'Tags',
};

const BEHAVIOUR_SUBJECTS = [
  ['sent', 'Was sent', 'A message left for them'],
  ['opened', 'Opened', 'People and machines'],
  ['clicked', 'Clicked', 'A link in a message'],
  ['delivered', 'Had delivered', 'The mailbox or phone confirmed it'],
  ['bounced', 'Bounced', 'The mailbox refused it later'],
  ['complained', 'Complained', 'Marked it as spam'],
  ['unsubscribed', 'Unsubscribed', 'By the link of a message'],
  ['failed', 'Could not be sent', 'Refused for good'],
] as const;

export const CONSENT_FIELDS: readonly string[] = ['email_consent', 'sms_consent'];

function testOfField(field: SegmentField) {
  const test = newTest(FIELD_TYPES[field]);
  return CONSENT_FIELDS.includes(field) ? { ...test, op: 'equals' as const, value: 'granted' } : test;
}

export function attributeSubject(attribute: RuleCatalogue['attributes'][number]): Subject {
  const { key, label, type } = attribute;
  return {
    id: `attribute:${key}`,
    label,
    room: 'Attributes',
    hint: TYPE_HINTS[type],
    make: () => ({ key: newKey(), kind: 'attribute', attribute: key, test: newTest(type) }),
  };
}

/** All of them in the order in which they are offered; lists and segments only where there are any. */
export function subjectsOf(catalogue: RuleCatalogue): Subject[] {
  const attributes = catalogue.attributes.map(attributeSubject);
  const list: Subject = {
    id: 'list',
    label: 'Is on a list',
    room: 'Lists',
    hint: catalogue.lists.length === 1 ? '1 list' : `${catalogue.lists.length} lists`,
    make: () => ({
      key: newKey(),
      kind: 'list',
      is: 'subscribed',
      listId: catalogue.lists.length === 1 ? (catalogue.lists[0]?.id ?? '') : '',
    }),
  };
  const behaviours = BEHAVIOUR_SUBJECTS.map(
    ([did, label, hint]): Subject => ({
      id: `behaviour:${did}`,
      label,
      room: 'What they did',
      hint,
      also: 'never not',
      make: () => ({ key: newKey(), kind: 'behaviour', did, happened: true, campaignId: '', withinDays: '30' }),
    }),
  );
  const segment: Subject = {
    id: 'segment',
    label: 'Is in a segment',
    room: 'Segments',
    hint: catalogue.segments.length === 1 ? '1 segment' : `${catalogue.segments.length} segments`,
    make: () => ({ key: newKey(), kind: 'segment', segmentId: '', is: 'in' }),
  };
  const fields = (Object.keys(FIELD_TYPES) as SegmentField[]).map(
    (field): Subject => ({
      id: `field:${field}`,
      label: FIELD_LABELS[field] ?? field,
      room: 'Contact',
      hint: TYPE_HINTS[FIELD_TYPES[field]],
      make: () => ({ key: newKey(), kind: 'field', field, test: testOfField(field) }),
    }),
  );
  return [
    ...attributes,
    ...(catalogue.lists.length > 0 ? [list] : []),
    ...behaviours,
    ...(catalogue.segments.length > 0 ? [segment] : []),
    ...fields,
  ];
}
