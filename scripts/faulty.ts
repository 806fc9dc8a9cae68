import path from 'node:path';
import type { FaultPlanInput } from '@/lib/channels/faulty/fault-plan';
import { startFaultyProvider } from '@/lib/channels/faulty/start-faulty-provider';
import { interrupted, readArguments, runCommand } from './command';
import { ROOT } from './environment';
import { findPort } from './free-port';

const HTTP_PORT = 3090;
const { values } = readArguments(
  {
    plan: { type: 'string' },
    seed: { type: 'string' },
    port: { type: 'string' },
    dir: { type: 'string' },
  },
  'node scripts/run.mjs faulty [--plan mild|rough|none] [--seed N] [--port N] [--dir FOLDER]',
);

const PLANS: Record<string, FaultPlanInput> = {
  none: {},
  mild: {
    smtp: { mail_421: 0.002, rcpt_550: 0.01, dot_451: 0.005, accepted_reset: 0.002 },
    resend: { error_500: 0.01, accepted_reset: 0.01, limit: 0.01, partial: 0.02 },
    twilio: { error_500: 0.002, invalid: 0.01, limit: 0.01 },
    smpp: { throttled: 0.01, invalid_destination: 0.01 },
    latencyMs: [10, 80],
    receipt: 'delivered',
  },
  rough: {
    smtp: { mail_421: 0.01, data_reset: 0.02, rcpt_550: 0.02, dot_451: 0.02, accepted_reset: 0.02, dot_reset: 0.02 },
    resend: { error_500: 0.05, accepted_500: 0.05, accepted_reset: 0.05, reset: 0.05, limit: 0.05, partial: 0.05 },
    twilio: { error_500: 0.02, accepted_500: 0.02, accepted_reset: 0.02, reset: 0.02, limit: 0.02, invalid: 0.02 },
    smpp: { throttled: 0.03, queue_full: 0.02, invalid_destination: 0.02, reset: 0.003, accepted_reset: 0.003 },
    latencyMs: [50, 500],
    closeAfterMessages: 97,
    receipt: 'delivered',
  },
};

runCommand(async () => {
  const plan = PLANS[values.plan ?? 'mild'];
  if (!plan) throw new Error(`There is no plan «${values.plan}»: use ${Object.keys(PLANS).join(', ')}.`);
  const untilSignal = interrupted();
  const httpPort = await findPort(Number(values.port ?? HTTP_PORT), values.port !== undefined);
  const provider = await startFaultyProvider({
    dir: path.resolve(ROOT, values.dir ?? path.join('.waybill', 'faulty')),
    seed: values.seed ?? '1',
    plan,
    httpPort,
    smtpPort: await findPort(httpPort + 1),
    smppPort: await findPort(httpPort + 2),
  });
  console.log(`The failing provider answers at http://127.0.0.1:${provider.httpPort} (plan ${values.plan ?? 'mild'}).`);
  console.log(
    'Settings → Providers → Add a provider → “One that fails on purpose” adds it. It sends nothing to anybody.',
  );
  console.log(`What it took is in ${provider.ledgerPath}; what it did is at /_faulty/stats. Ctrl-C ends it.`);
  const code = await untilSignal;
  await provider.close();
  return code === 129 ? 129 : 0;
});
