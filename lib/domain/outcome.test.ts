import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, evidenceOfAll, foldOutcome, NO_FACTS, newFacts, OUTCOME_TYPES } from './outcome';

const event = fc.record({
  type: fc.constantFrom(...OUTCOME_TYPES),
  at: fc.integer({ min: 0, max: 1_000 }).map((minute) => new Date(Date.UTC(2026, 0, 1, 0, minute))),
});
const fold = (events: Parameters<typeof foldOutcome>[1][]) => events.reduce(foldOutcome, NO_FACTS);

describe('foldOutcome', () => {
  it('gives the same facts for any order and any repetition of the same events', () => {
    const shuffled = fc
      .array(event, { maxLength: 12 })
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events, ...events, ...events], { minLength: events.length * 3 }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([events, again]) => {
        expect(fold(again)).toEqual(fold(events));
      }),
    );
  });

  it('gives the same facts when batches of events are folded in any grouping', () => {
    fc.assert(
      fc.property(fc.array(event), fc.array(event), (first, second) => {
        expect(second.reduce(foldOutcome, fold(first))).toEqual(first.reduce(foldOutcome, fold(second)));
      }),
    );
  });

  it('keeps a hard bounce when a soft one follows, with the time of the hard one', () => {
    const hard = new Date('2026-01-02T00:00:00Z');
    const facts = fold([
      { type: 'bounced_hard', at: hard },
      { type: 'bounced_soft', at: new Date('2026-01-01T00:00:00Z') },
    ]);
    expect(facts).toMatchObject({ bounceType: 'hard', bouncedAt: hard });
  });

  it('never forgets a fact', () => {
    fc.assert(
      fc.property(fc.array(event), event, (events, last) => {
        const before = fold(events);
        expect(newFacts(foldOutcome(before, last), before).filter((fact) => fact !== 'bounced')).toEqual([]);
      }),
    );
  });
});

describe('evidence', () => {
  it('is the same in any order, and a sign of life outweighs a rejection', () => {
    const types = fc.array(fc.constantFrom(...OUTCOME_TYPES));
    const shuffled = types.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(evidenceOfAll(other)).toBe(evidenceOfAll(all));
      }),
    );
    expect(evidenceOfAll(['rejected_hard', 'delivered'])).toBe('accepted');
    expect(evidenceOfAll(['other', 'rejected_soft'])).toBe('failed');
    expect(evidenceOf('bounced_hard')).toBe('accepted');
  });
});
