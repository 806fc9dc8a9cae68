import { describe, expect, it } from 'vitest';
import { EMPTY_STRIP } from '@/lib/domain/strip';
import { progressLines, reconciliation, stripBar } from './display';
import type { DemoProgress } from './scenario';

const progress: DemoProgress = {
  status: 'sending',
  headline: 'Sending wave 2 of 4',
  audience: 2000,
  excluded: { no_email: 20, opted_out: 15 },
  steps: [{ step: 'email', counts: { ...EMPTY_STRIP, accepted: 1990, failed: 1, waiting: 9 } }],
  messagesPerSecond: 812.4,
  secondsLeft: 95,
  balanced: true,
};

describe('the progress of the demo', () => {
  it('draws a strip of constant width in which nothing that happened is invisible', () => {
    const bar = stripBar({ step: 'email', counts: { ...EMPTY_STRIP, accepted: 1990, failed: 1, waiting: 9 } }, 20);
    expect([...bar]).toHaveLength(20);
    expect(bar).toContain('▓');
    expect(bar).toContain('░');
  });

  it('says what happens, how fast, for how long, and counts that sum up', () => {
    expect(progressLines(progress)).toEqual([
      'Sending wave 2 of 4 · 812 messages/s · about 1 min 35 s left',
      expect.stringMatching(/^ {2}email \S+ 1,990 accepted · 1 failed · 9 waiting = 2,000$/),
    ]);
  });

  it('ends with a sum from the invited to those in the run', () => {
    expect(reconciliation(progress)).toBe(
      '2,035 invited − 20 no email − 15 opted out = 2,000 in the run; every one is accounted for.',
    );
    expect(reconciliation({ ...progress, balanced: false })).toContain('DO NOT BALANCE');
  });
});
