import { benchRender } from '@/emails/bench';
import type { Bench } from './contract';

export const bench: Bench = {
  title: 'Rendering one personal email with tracked links',
  against: 'target: ≤ 20 µs of CPU per message',
  rounds: 5,
  async prepare() {
    return {
      async round() {
        const { mimeMicros, partsMicros } = await benchRender();
        return [
          { what: 'MIME message', unit: 'µs CPU', value: mimeMicros },
          { what: 'HTML and text', unit: 'µs CPU', value: partsMicros },
        ];
      },
      reconcile: async () => [],
      end: async () => undefined,
    };
  },
};
