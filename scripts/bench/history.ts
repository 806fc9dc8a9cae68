import { fillHistory, type HistoryBench, measureHistory } from '@/lib/features/service/bench';
import type { Bench } from './contract';

const INTERACTIONS = 10_000_000;

export const bench: Bench = {
  title: 'Service desk: one customer’s history among 10 M interactions and 400 runs',
  against: 'target: ≤ 50 ms for a page of history',
  rounds: 1,
  async prepare({ newDatabase, scale }) {
    const wrong: string[] = [];
    let made: HistoryBench | null = null;
    return {
      async round() {
        const wanted = Math.round(INTERACTIONS * scale);
        // filled and measured once: it warms itself up before it measures
        if (!made) {
          const url = await newDatabase();
          await fillHistory(url, wanted);
          made = await measureHistory(url);
        }
        const result = made;
        if (Math.abs(result.interactions - wanted) > wanted / 100)
          wrong.push(`${result.interactions} is not ${wanted}`);
        return [
          { what: 'history, median', unit: 'ms', value: result.historyMedianMs },
          { what: 'history, 99 of 100', unit: 'ms', value: result.historyP99Ms },
          { what: 'history, slowest', unit: 'ms', value: result.historyMaxMs },
          { what: 'whole answer, median', unit: 'ms', value: result.answerMedianMs },
          { what: 'whole answer, 99 of 100', unit: 'ms', value: result.answerP99Ms },
          { what: 'whole answer, slowest', unit: 'ms', value: result.answerMaxMs },
        ];
      },
      reconcile: async () => wrong,
      end: async () => undefined,
    };
  },
};
