import { type DispatchOptions, type DispatchProduct, startDispatchProduct } from '../load/dispatch-product';
import type { Bench } from './contract';

const FAR_MS = 80;
const RELAY_MS = 20;
const SMTP_CONNECTIONS = 10;

type Route = Pick<DispatchOptions, 'channel' | 'account' | 'messages'> & { what: string };

function resend(maxGroupSize: number, concurrentGroups: number): DispatchOptions['account'] {
  return ({ baseUrl }) => ({
    config: { kind: 'resend', baseUrl, maxGroupSize, concurrentGroups },
    secrets: { apiKey: 're_bench' },
  });
}

const FAR: Route[] = [
  { what: 'Resend, batches of 100', channel: 'email', messages: 30_000, account: resend(100, 8) },
  { what: 'Resend, one at a time', channel: 'email', messages: 6_000, account: resend(1, 50) },
  {
    what: 'Twilio',
    channel: 'sms',
    messages: 6_000,
    account: ({ baseUrl }) => ({
      config: { kind: 'twilio', baseUrl, accountSid: 'AC_bench' },
      secrets: { secret: 'bench' },
    }),
  },
];

const RELAY: Route = {
  what: 'SMTP relay of 20 ms, 10 connections',
  channel: 'email',
  messages: 3_000,
  account: ({ smtpPort: port }) => ({
    config: { kind: 'smtp', host: '127.0.0.1', port, security: 'none', connections: SMTP_CONNECTIONS },
    secrets: {},
  }),
};

export const bench: Bench = {
  title: `Far providers through the whole product, one worker: HTTP answers after ${FAR_MS} ms, a relay after ${RELAY_MS} ms`,
  against: 'target: batches ≥ 5,000/s, one at a time ≥ 1,000/s, Twilio ≥ 1,000/s, relay ≥ 450/s (500 is all there is)',
  rounds: 3,
  async prepare({ env, scale }) {
    const wrong: string[] = [];
    const measure = async (product: DispatchProduct, { what, messages, ...route }: Route) => {
      const sent = await product.dispatch({ ...route, messages: Math.round(messages * scale) });
      wrong.push(...sent.problems.map((problem) => `${what}: ${problem}`));
      return { what, unit: '/s', value: sent.messagesPerSecond };
    };
    const far = await startDispatchProduct(env, FAR_MS);
    const relay = await startDispatchProduct(env, RELAY_MS);
    return {
      async round() {
        const figures = [];
        await far.setWorkers(1);
        for (const route of FAR) figures.push(await measure(far, route));
        await far.setWorkers(0);
        await relay.setWorkers(1);
        figures.push(await measure(relay, RELAY));
        await relay.setWorkers(0);
        return figures;
      },
      reconcile: async () => wrong,
      end: async () => {
        await far.stop();
        await relay.stop();
      },
    };
  },
};
