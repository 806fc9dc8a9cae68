import { describe, expect, it } from 'vitest';
import { EMPTY_STRIP } from '@/lib/domain/strip';
import { classCounts, rerunChoices } from './rerun-choices';
import type { RunPart } from './run-live';

type Part = Pick<RunPart, 'progress' | 'rights'>;

function part(status: Part['progress']['status'], over: Partial<Part['rights']> = {}): Part {
  const counts = { ...EMPTY_STRIP, accepted: 10, failed: 3, in_doubt: 2, waiting: 5 };
  const steps = [
    { step: 0, id: 'a', name: 'Email', kind: 'email', counts },
    { step: 2, id: 'c', name: 'SMS', kind: 'sms', counts: EMPTY_STRIP },
  ];
  return {
    progress: { status, steps } as Part['progress'],
    rights: { control: true, launch: true, exportRows: true, report: true, ...over },
  };
}

describe('the ways to send again', () => {
  it('are six kinds, the most careful first, with their numbers', () => {
    const choices = rerunChoices(part('paused'), {
      newMatches: 7,
      everybody: 20,
      fromStep: [{ step: 2, name: 'SMS', people: 9 }],
    });
    expect(choices.map(({ kind, people }) => [kind, people])).toEqual([
      ['continue', 5],
      ['retry', 3],
      ['doubt', 2],
      ['new_matches', 7],
      ['from_step', 9],
      ['everybody', 20],
    ]);
    expect(choices.every(({ disabled }) => !disabled)).toBe(true);
  });
  it('stand in their places before they are counted', () => {
    expect(rerunChoices(part('completed'), null).map(({ kind }) => kind)).toHaveLength(6);
  });
  it('are only those that the state of the run and the role allow', () => {
    const allowed = (given: Part) =>
      rerunChoices(given, null).flatMap(({ kind, disabled }) => (disabled ? [] : [kind]));
    expect(allowed(part('completed'))).not.toContain('continue');
    expect(allowed(part('cancelled'))).toEqual(['doubt', 'new_matches', 'from_step', 'everybody']);
    expect(allowed(part('completed', { control: false, launch: false }))).toEqual([]);
  });
  it('tell failures apart by class', () => {
    const issues = [
      { state: 'failed' as const, cause: 'recipient:550 5.1.1', n: 3 },
      { state: 'failed' as const, cause: 'recipient:452 4.2.2', n: 2 },
      { state: 'failed' as const, cause: 'internal:timeout', n: 1 },
      { state: 'in_doubt' as const, cause: 'worker_lost', n: 9 },
    ];
    expect(classCounts(issues)).toEqual([
      { errorClass: 'recipient', n: 5 },
      { errorClass: 'internal', n: 1 },
    ]);
  });
});
