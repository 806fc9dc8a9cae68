import { benchImport } from '@/lib/features/imports/bench';
import type { Bench } from './contract';

const ROWS = 100_000;

export const bench: Bench = {
  title: 'Import: a CSV file of 12 columns through validation and upsert',
  against: 'floor: INSERT … SELECT of the finished contacts into the same table; target ≥ 20,000 rows/s, flat memory',
  rounds: 5,
  async prepare({ newDatabase, scale }) {
    const url = await newDatabase();
    const wrong: string[] = [];
    let rounds = 0;
    return {
      async round() {
        const result = await benchImport(url, Math.round(ROWS * scale), ++rounds);
        if (!result.reconciled) wrong.push(`round ${rounds}: file, counts and contacts do not agree`);
        return [
          { what: 'new rows', unit: '/s', value: result.newRowsPerSecond, floor: result.floorRowsPerSecond },
          { what: 'half changed', unit: '/s', value: result.changedRowsPerSecond, floor: result.floorRowsPerSecond },
          { what: 'unchanged', unit: '/s', value: result.unchangedRowsPerSecond, floor: result.floorRowsPerSecond },
          { what: 'CPU', unit: 'µs/row', value: result.cpuMicrosPerRow },
          { what: 'memory growth', unit: 'MB', value: result.memoryGrowthMb },
        ];
      },
      reconcile: async () => wrong,
      end: async () => undefined,
    };
  },
};
