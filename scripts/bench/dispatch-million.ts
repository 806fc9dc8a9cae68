import { pool } from '@/lib/db/client';
import { type Dispatched, startDispatchProduct } from '../load/dispatch-product';
import type { Bench } from './contract';

const FEW = 10_000;
const MANY = 1_000_000;
/** What exists because a message was sent, and its history; who the audience was is kept beside, whether sent to or not. */
const LEDGER = ['deliveries', 'delivery_attempts', 'interactions', 'intents', 'batches', 'run_counters', 'run_rates'];

async function bytesOf(tables: string[]): Promise<number> {
  const [row] = await pool()<{ bytes: string }[]>`
    select sum(pg_total_relation_size(name::regclass))::text as bytes from unnest(${tables}::text[]) name`;
  return Number(row?.bytes ?? 0);
}

export const bench: Bench = {
  title: 'A million: one worker, a 20 kB email through the whole product and real SMTP, 10 connections',
  against: 'floor: 10,000 in the same round; target: cost ± 15 %, ≤ 5 s to the first, ≤ 200 MB, ≤ 500 B per delivery',
  rounds: 1,
  async prepare({ env, scale }) {
    const product = await startDispatchProduct(env, 0);
    const wrong: string[] = [];
    const dispatch = async (messages: number): Promise<Dispatched> => {
      const sent = await product.dispatch({
        channel: 'email',
        messages,
        account: ({ smtpPort: port }) => ({
          config: { kind: 'smtp', host: '127.0.0.1', port, security: 'none', connections: 10 },
          secrets: {},
        }),
      });
      wrong.push(...sent.problems);
      return sent;
    };
    let isWarm = false;
    return {
      async round() {
        await product.setWorkers(1);
        const few = await dispatch(FEW);
        if (!isWarm) {
          isWarm = true;
          return [];
        }
        const [ledgerBytes, audienceBytes] = [await bytesOf(LEDGER), await bytesOf(['run_members'])];
        const count = Math.round(MANY * scale);
        const many = await dispatch(count);
        const each = async (tables: string[], before: number) => ((await bytesOf(tables)) - before) / count;
        const micros = ({ messagesPerSecond }: Dispatched) => 1e6 / messagesPerSecond;
        return [
          { what: 'time per message', unit: 'µs', value: micros(many), floor: micros(few) },
          {
            what: 'CPU of the worker',
            unit: 'µs/message',
            value: many.workerCpuMicros / count,
            floor: few.workerCpuMicros / FEW,
          },
          { what: 'messages', unit: '/s', value: many.messagesPerSecond, floor: few.messagesPerSecond },
          {
            what: 'launch to first message',
            unit: 's',
            value: many.firstAfterMs / 1000,
            floor: few.firstAfterMs / 1000,
          },
          { what: 'most memory of the worker', unit: 'MB', value: product.mostMemoryMb() },
          { what: 'delivery and history, with indexes', unit: 'B', value: await each(LEDGER, ledgerBytes) },
          { what: 'audience member, with indexes', unit: 'B', value: await each(['run_members'], audienceBytes) },
        ];
      },
      reconcile: async () => wrong,
      end: () => product.stop(),
    };
  },
};
