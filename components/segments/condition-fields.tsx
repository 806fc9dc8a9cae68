'use client';

import { Combobox } from '@/components/ui/combobox';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { FIELD_LABELS } from '@/lib/domain/contact';
import { BEHAVIOURS, type Behaviour, LIST_STATES } from '@/lib/domain/segment';
import { type Named, useRule } from './rule-context';
import type { DraftCondition } from './rule-draft';
import { CONSENT_FIELDS } from './rule-subjects';
import { TestFields } from './test-fields';

const LIST_WORDS = {
  subscribed: 'is subscribed to',
  unsubscribed: 'has unsubscribed from',
  pending: 'has not confirmed',
  on: 'is on, whatever the status,',
  not_on: 'is not on',
} as const;

const DID: Record<Behaviour, [string, string]> = {
  sent: ['was sent', 'was not sent'],
  delivered: ['had delivered', 'did not have delivered'],
  opened: ['opened', 'did not open'],
  clicked: ['clicked in', 'did not click in'],
  bounced: ['bounced on', 'did not bounce on'],
  complained: ['complained about', 'did not complain about'],
  unsubscribed: ['unsubscribed after', 'did not unsubscribe after'],
  failed: ['could not be sent', 'was never refused'],
};

const ANY_CAMPAIGN = '*';

interface FieldsProps<Kind extends DraftCondition['kind']> {
  condition: Extract<DraftCondition, { kind: Kind }>;
  onChange: (condition: DraftCondition) => void;
  invalid: boolean;
  describedBy: string | undefined;
}

/** What was chosen stays visible when it no longer exists, so that a rule never says less than it does. */
function optionsWith(things: Named[], chosen: string): { value: string; label: string }[] {
  const options = things.map(({ id, name }) => ({ value: id, label: name }));
  if (chosen === '' || things.some(({ id }) => id === chosen)) return options;
  return [...options, { value: chosen, label: `${chosen} (not there any more)` }];
}

function ListFields({ condition, onChange, invalid, describedBy }: FieldsProps<'list'>) {
  const { catalogue } = useRule();
  return (
    <>
      <Select
        aria-label="List: how"
        className="w-auto"
        value={condition.is}
        onValueChange={(is) => onChange({ ...condition, is: LIST_STATES.find((one) => one === is) ?? 'subscribed' })}
        options={LIST_STATES.map((value) => ({ value, label: LIST_WORDS[value] }))}
      />
      <span>the list</span>
      <Combobox
        noun="lists"
        aria-label="List"
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        className="w-auto min-w-40 max-w-full"
        placeholder="Choose a list…"
        value={condition.listId ? [condition.listId] : []}
        onChange={([listId = '']) => onChange({ ...condition, listId })}
        options={optionsWith(catalogue.lists, condition.listId)}
      />
    </>
  );
}

function BehaviourFields({ condition, onChange, invalid, describedBy }: FieldsProps<'behaviour'>) {
  const { catalogue } = useRule();
  const { did, happened, campaignId, withinDays } = condition;
  return (
    <>
      <Select
        aria-label="What they did"
        className="w-auto"
        value={`${happened ? '' : 'not '}${did}`}
        onValueChange={(value) => {
          const next = BEHAVIOURS.find((one) => one === value.replace('not ', '')) ?? did;
          onChange({ ...condition, did: next, happened: !value.startsWith('not ') });
        }}
        options={[
          { label: 'Happened', options: BEHAVIOURS.map((value) => ({ value, label: DID[value][0] })) },
          { label: 'Did not', options: BEHAVIOURS.map((value) => ({ value: `not ${value}`, label: DID[value][1] })) },
        ]}
      />
      <Combobox
        noun="campaigns"
        aria-label="Campaign"
        className="w-auto min-w-40 max-w-full"
        value={[campaignId || ANY_CAMPAIGN]}
        onChange={([id = ANY_CAMPAIGN]) => onChange({ ...condition, campaignId: id === ANY_CAMPAIGN ? '' : id })}
        options={[{ value: ANY_CAMPAIGN, label: 'any campaign' }, ...optionsWith(catalogue.campaigns, campaignId)]}
      />
      <Select
        aria-label="When"
        className="w-auto"
        value={withinDays === '' ? 'ever' : 'within'}
        onValueChange={(value) => onChange({ ...condition, withinDays: value === 'ever' ? '' : '30' })}
        options={[
          { value: 'ever', label: happened ? 'at any time' : 'ever' },
          { value: 'within', label: 'in the last' },
        ]}
      />
      {withinDays !== '' && (
        <>
          <Input
            aria-label="Days"
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
            inputMode="numeric"
            className="w-20"
            maxLength={5}
            value={withinDays}
            onChange={(event) => onChange({ ...condition, withinDays: event.target.value || ' ' })}
          />
          <span>days</span>
        </>
      )}
    </>
  );
}

function SegmentFields({ condition, onChange, invalid, describedBy }: FieldsProps<'segment'>) {
  const { catalogue } = useRule();
  return (
    <>
      <Select
        aria-label="Segment: in or not"
        className="w-auto"
        value={condition.is}
        onValueChange={(is) => onChange({ ...condition, is: is === 'in' ? 'in' : 'not_in' })}
        options={[
          { value: 'in', label: 'is in' },
          { value: 'not_in', label: 'is not in' },
        ]}
      />
      <span>the segment</span>
      <Combobox
        noun="segments"
        aria-label="Segment"
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        className="w-auto min-w-40 max-w-full"
        placeholder="Choose a segment…"
        value={condition.segmentId ? [condition.segmentId] : []}
        onChange={([segmentId = '']) => onChange({ ...condition, segmentId })}
        options={optionsWith(catalogue.segments, condition.segmentId)}
      />
    </>
  );
}

/** The words that open a condition: the name of what is compared; empty where its first control says it. */
export function leadOf(condition: DraftCondition, attributes: { key: string; label: string }[]): string {
  if (condition.kind === 'field') return FIELD_LABELS[condition.field] ?? condition.field;
  if (condition.kind !== 'attribute') return '';
  return attributes.find(({ key }) => key === condition.attribute)?.label ?? condition.attribute;
}

/** The controls of one condition, in the order of the sentence they make. */
export function ConditionFields({ condition, onChange, invalid, describedBy }: FieldsProps<DraftCondition['kind']>) {
  const { catalogue } = useRule();
  const rest = { onChange, invalid, describedBy };
  switch (condition.kind) {
    case 'list':
      return <ListFields condition={condition} {...rest} />;
    case 'behaviour':
      return <BehaviourFields condition={condition} {...rest} />;
    case 'segment':
      return <SegmentFields condition={condition} {...rest} />;
    default:
      return (
        <TestFields
          test={condition.test}
          noun={leadOf(condition, catalogue.attributes)}
          attribute={condition.kind === 'attribute' && condition.test.type === 'text' ? condition.attribute : undefined}
          isConsent={condition.kind === 'field' && CONSENT_FIELDS.includes(condition.field)}
          onChange={(test) => onChange({ ...condition, test })}
          invalid={invalid}
          describedBy={describedBy}
        />
      );
  }
}
