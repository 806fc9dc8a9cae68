import { benchSearch } from '@/lib/features/service/bench-search';
import type { Bench } from './contract';

const CONTACTS = 1_000_000;

export const bench: Bench = {
  title: 'Service desk: the first page of a search among 1 M customers, by what was typed',
  against: 'target: ≤ 100 ms',
  rounds: 1,
  async prepare({ newDatabase, scale }) {
    let made: Awaited<ReturnType<typeof benchSearch>> | null = null;
    return {
      async round() {
        made ??= await benchSearch(await newDatabase(), Math.round(CONTACTS * scale));
        return made.flatMap(({ typed, medianMs, slowestMs }) => [
          { what: `${typed}, median`, unit: 'ms', value: medianMs },
          { what: `${typed}, slowest`, unit: 'ms', value: slowestMs },
        ]);
      },
      reconcile: async () => [],
      end: async () => undefined,
    };
  },
};
