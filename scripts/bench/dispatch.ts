import { benchDispatch } from '@/lib/features/deliveries/bench';
import type { Bench } from './contract';

const MESSAGES = 20_000;

export const bench: Bench = {
  title: 'Dispatch: a 20 kB email through ledger and real SMTP, one process, 10 connections',
  against:
    'floor: dispatch written by hand for this one case, with the least of a ledger; target ≥ 0.5 × and ≤ 80 µs CPU',
  rounds: 5,
  async prepare({ newDatabase, scale }) {
    const url = await newDatabase();
    const wrong: string[] = [];
    return {
      async round() {
        const result = await benchDispatch(url, { messages: Math.round(MESSAGES * scale) });
        if (!result.reconciled) wrong.push(`${result.messages} messages: relay, ledger and counters do not agree`);
        return [
          { what: 'messages', unit: '/s', value: result.messagesPerSecond, floor: result.floorMessagesPerSecond },
          {
            what: 'beside the bare wire',
            unit: '/s',
            value: result.messagesPerSecond,
            floor: result.wireMessagesPerSecond,
          },
          { what: 'CPU', unit: 'µs/message', value: result.cpuMicrosPerMessage },
        ];
      },
      reconcile: async () => wrong,
      end: async () => undefined,
    };
  },
};
