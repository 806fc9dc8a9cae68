import { benchQueue } from '@/lib/features/audience/bench';
import type { Bench } from './contract';

const CONTACTS = 1_000_000;

export const bench: Bench = {
  title: 'Queue: freeze and queue 1 M contacts with six exclusion rules, each reason recorded',
  against: 'floor: bare INSERT … SELECT into the same tables; target ≤ 1.5 × and ≤ 30 s',
  rounds: 5,
  async prepare({ newDatabase, scale }) {
    const url = await newDatabase();
    const wrong: string[] = [];
    return {
      async round() {
        const result = await benchQueue(url, Math.round(CONTACTS * scale));
        if (!result.reconciled)
          wrong.push(`${result.audience} + ${result.excluded} is not ${result.contacts} contacts`);
        return [{ what: 'freeze and queue', unit: 's', value: result.seconds, floor: result.floorSeconds }];
      },
      reconcile: async () => wrong,
      end: async () => undefined,
    };
  },
};
