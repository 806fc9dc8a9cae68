import { closePool, openPoolAt } from '@/lib/db/client';
import { benchSegments, fillSegmentBench } from '@/lib/features/segments/bench';
import type { Bench } from './contract';

const CONTACTS = 1_000_000;

export const bench: Bench = {
  title: 'Segments: exact count and first page over 1 M contacts',
  against: 'floor: counting the workspace without a rule; target ≤ 150 ms selective, ≤ 500 ms any; first page ≤ 50 ms',
  rounds: 5,
  async prepare({ newDatabase, scale, say }) {
    const url = await newDatabase();
    const contacts = Math.round(CONTACTS * scale);
    say(`  making ${contacts.toLocaleString('en')} contacts …`);
    await fillSegmentBench(url, contacts);
    // as in the product, whose connections live on: a new one maps PostgreSQL's cache at its first look, for some 100 ms
    await openPoolAt(url);
    return {
      async round() {
        const { figures, floorMs } = await benchSegments(contacts);
        return figures.flatMap(({ name, selective, countMs, sampleMs }) => [
          { what: `${selective ? 'selective' : 'any'}: ${name}`, unit: 'ms', value: countMs, floor: floorMs },
          { what: `first page: ${name}`, unit: 'ms', value: sampleMs },
        ]);
      },
      reconcile: async () => [],
      end: closePool,
    };
  },
};
