import { startDispatchProduct } from '../load/dispatch-product';
import type { Bench } from './contract';

const MESSAGES = 30_000;
/** A worker that has just been started compiles while it sends; both are measured as they are after that. */
const WARM_UP = 10_000;
const CONNECTIONS = 10;

export const bench: Bench = {
  title: 'Two workers: a 20 kB email through the whole product and real SMTP, 10 connections each',
  against: 'floor: one worker in the same round; target: nobody twice, no slower; ≥ 1.3 × where a core is free',
  rounds: 3,
  async prepare({ env, scale }) {
    const product = await startDispatchProduct(env, 0);
    const wrong: string[] = [];
    const send = async (messages: number) => {
      const sent = await product.dispatch({
        channel: 'email',
        messages: Math.round(messages * scale),
        account: ({ smtpPort: port }) => ({
          config: { kind: 'smtp', host: '127.0.0.1', port, security: 'none', connections: CONNECTIONS },
          secrets: {},
        }),
      });
      wrong.push(...sent.problems);
      return sent.messagesPerSecond;
    };
    const dispatch = async (workers: number) => {
      await product.setWorkers(workers);
      await send(WARM_UP);
      return send(MESSAGES);
    };
    return {
      async round() {
        const floor = await dispatch(1);
        return [{ what: 'two workers', unit: '/s', value: await dispatch(2), floor }];
      },
      reconcile: async () => wrong,
      end: () => product.stop(),
    };
  },
};
