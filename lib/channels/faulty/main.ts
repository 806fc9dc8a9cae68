import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { faultPlanSchema } from './fault-plan';
import { startFaultyProvider } from './start-faulty-provider';

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: path.join('.waybill', 'faulty') },
    seed: { type: 'string', default: '1' },
    /** The fault plan as JSON, or the path of a file that holds it. */
    plan: { type: 'string', default: '{}' },
    'smtp-port': { type: 'string', default: '0' },
    'http-port': { type: 'string', default: '0' },
    'smpp-port': { type: 'string' },
    host: { type: 'string' },
  },
});

const planText = values.plan.trimStart().startsWith('{') ? values.plan : readFileSync(values.plan, 'utf8');
const provider = await startFaultyProvider({
  dir: path.resolve(values.dir),
  seed: values.seed,
  plan: faultPlanSchema.parse(JSON.parse(planText)),
  smtpPort: Number(values['smtp-port']),
  httpPort: Number(values['http-port']),
  smppPort: values['smpp-port'] === undefined ? undefined : Number(values['smpp-port']),
  host: values.host,
});
const { smtpPort, httpPort, smppPort, ledgerPath } = provider;
console.log(JSON.stringify({ ready: 'faulty', smtpPort, httpPort, smppPort, ledgerPath, seed: values.seed }));

for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    provider.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
