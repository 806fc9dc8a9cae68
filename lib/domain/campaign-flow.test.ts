import { describe, expect, it } from 'vitest';
import type { FlowStep } from './campaign';
import { flowStepSchema } from './campaign';
import {
  describeCondition,
  durationParts,
  durationWords,
  moveStep,
  newStep,
  plainSummary,
  removeStep,
} from './campaign-flow';

function flowOf(...kinds: FlowStep['kind'][]): FlowStep[] {
  const flow: FlowStep[] = [];
  for (const kind of kinds) flow.push(newStep(kind, flow));
  return flow;
}

describe('the flow while it is edited', () => {
  it('gives every new step an id of its own, and each is valid grammar', () => {
    const flow = flowOf('email', 'record', 'sms', 'email', 'wait', 'condition');
    expect(new Set(flow.map(({ id }) => id)).size).toBe(6);
    for (const step of flow) expect(flowStepSchema.safeParse(step).success).toBe(true);
    expect(flow.map(({ name }) => name)).toEqual(['Email', 'Record', 'SMS', 'Email 2', 'Wait', 'Condition']);
    const shorter = removeStep(flow, 'email_1');
    expect(newStep('email', shorter).id).toBe('email_1');
  });

  it('moves steps and stops at the ends', () => {
    const flow = flowOf('email', 'sms', 'record');
    expect(moveStep(flow, 'record_1', -1).map(({ id }) => id)).toEqual(['email_1', 'record_1', 'sms_1']);
    expect(moveStep(flow, 'email_1', -1)).toEqual(flow);
    expect(moveStep(flow, 'record_1', 1)).toEqual(flow);
  });

  it('drops the conditions that looked at a removed step, and no others', () => {
    const [email, sms] = flowOf('email', 'sms');
    if (email?.kind !== 'email' || sms?.kind !== 'sms') throw new Error('unexpected flow');
    const asks: FlowStep = { ...sms, onlyIf: { kind: 'engagement', stepId: 'email_1', is: 'not_opened' } };
    expect(removeStep([email, asks], 'email_1')).toEqual([sms]);
    const other: FlowStep = { ...sms, onlyIf: { kind: 'attribute', field: 'plan', op: 'is_set' } };
    expect(removeStep([email, other], 'email_1')).toEqual([other]);
  });

  it('asks in a new condition about the last message before it, and keeps one whose message is gone', () => {
    const [email, sms] = flowOf('email', 'sms');
    if (!email || !sms) throw new Error('unexpected flow');
    const asks = newStep('condition', [email, sms], 1);
    expect(asks).toMatchObject({ kind: 'condition', onlyIf: { stepId: 'email_1', is: 'opened' } });
    expect(newStep('condition', [])).toMatchObject({ onlyIf: { kind: 'attribute' } });
    expect(removeStep([email, asks, sms], 'email_1')).toEqual([asks, sms]);
  });

  it('says conditions and durations in words', () => {
    const flow = flowOf('email');
    expect(describeCondition({ kind: 'engagement', stepId: 'email_1', is: 'not_opened' }, flow)).toBe(
      '“Email” was not opened',
    );
    expect(describeCondition({ kind: 'attribute', field: 'first_name', op: 'equals', value: 'Mei' }, flow)).toBe(
      'First name is “Mei”',
    );
    expect(plainSummary('{% if a %}Hi{% endif %} {{ first_name | fallback: "there" | upcase }}, your {{ plan }}')).toBe(
      'Hi there, your ‹plan›',
    );
    expect(durationWords(86_400_000)).toBe('1 day');
    expect(durationWords(90 * 60_000)).toBe('90 minutes');
    expect(durationParts(14 * 86_400_000)).toEqual({ n: 2, unit: 'weeks' });
  });
});
