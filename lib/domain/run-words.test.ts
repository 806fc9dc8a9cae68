import { describe, expect, it } from 'vitest';
import { type RunFacts, runSentence } from './run-words';
import { EMPTY_STRIP } from './strip';

const run = (over: Partial<RunFacts>): RunFacts => ({
  status: 'sending',
  statusReason: null,
  pausedBy: null,
  audience: 2000,
  steps: [{ counts: { ...EMPTY_STRIP, accepted: 1204, failed: 37, waiting: 759 } }],
  queuing: null,
  ...over,
});

describe('the state of a run in words', () => {
  it('says how far sending has come', () => {
    expect(runSentence(run({}))).toBe('Sending to 2,000 people: 1,241 of 2,000 deliveries have their outcome.');
  });
  it('says that the first are sent to while the rest is queued', () => {
    expect(runSentence(run({ queuing: { members: 60_000 } }))).toBe(
      'Sending to the first 2,000 people while the rest of the audience is queued: 1,241 of 2,000 deliveries have their outcome.',
    );
  });
  it('says that some wait for their hours', () => {
    expect(runSentence(run({ outsideHours: { n: 420 } }))).toMatch(/outcome\. 420 wait for the hours in which/);
  });
  it('names the steps when there are several', () => {
    const counts = { ...EMPTY_STRIP, accepted: 10, waiting: 1990 };
    expect(runSentence(run({ steps: [{ counts }, { counts }] }))).toContain('in 2 steps: 20 of 4,000 deliveries');
  });
  it('says who paused, why, and that nothing was lost', () => {
    const paused = run({ status: 'paused', pausedBy: { type: 'user', name: 'Ada' }, statusReason: 'Paused by hand.' });
    expect(runSentence(paused)).toBe('Paused by Ada. Nothing was lost; 759 deliveries are waiting.');
    const broken = run({
      status: 'paused',
      pausedBy: { type: 'system', name: 'the provider breaker' },
      statusReason: 'Relay refused us: bad key (535). Nothing was lost; what is waiting goes out when it works again.',
    });
    expect(runSentence(broken).match(/Nothing was lost/g)).toHaveLength(1);
    expect(runSentence(broken)).toMatch(/^Paused by Waybill\. Relay refused us/);
    expect(runSentence(broken)).toMatch(/759 deliveries are waiting\.$/);
  });
  it('never hides failures or doubt behind an end', () => {
    const steps = [{ counts: { ...EMPTY_STRIP, accepted: 1967, failed: 30, in_doubt: 3 } }];
    expect(runSentence(run({ status: 'completed', steps }))).toBe(
      'Done. 1,967 of 2,000 deliveries were accepted; 30 failed, 3 are in doubt.',
    );
  });
  it('speaks of one as of one', () => {
    const steps = [{ counts: { ...EMPTY_STRIP, accepted: 1 } }];
    expect(runSentence(run({ status: 'completed', audience: 1, steps }))).toBe('Done. 1 of 1 delivery was accepted.');
  });
  it('says when nobody was there', () => {
    expect(runSentence(run({ status: 'completed', audience: 0, steps: [{ counts: EMPTY_STRIP }] }))).toContain(
      'Nobody',
    );
  });
});
