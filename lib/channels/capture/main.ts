import path from 'node:path';
import { parseArgs } from 'node:util';
import { env } from '@/lib/env';
import { readRules } from './rules';
import { startCapture } from './start-capture';

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: path.join('.waybill', 'capture') },
    'smtp-port': { type: 'string' },
    'http-port': { type: 'string' },
    host: { type: 'string' },
    rules: { type: 'string' },
    durable: { type: 'boolean', default: false },
  },
});

/** The launcher names the ports in the environment; a person may name them as arguments. */
function portsOf(): { smtpPort: number; httpPort: number } {
  if (values['smtp-port'] !== undefined || values['http-port'] !== undefined) {
    return { smtpPort: Number(values['smtp-port'] ?? 0), httpPort: Number(values['http-port'] ?? 0) };
  }
  const { WAYBILL_CAPTURE_SMTP_PORT, WAYBILL_CAPTURE_HTTP_URL } = env();
  const httpPort = Number(WAYBILL_CAPTURE_HTTP_URL ? new URL(WAYBILL_CAPTURE_HTTP_URL).port : 0);
  return { smtpPort: WAYBILL_CAPTURE_SMTP_PORT ?? 0, httpPort };
}

const capture = await startCapture({
  dir: path.resolve(values.dir),
  host: values.host,
  durable: values.durable,
  rules: values.rules === undefined ? [] : readRules(values.rules),
  ...portsOf(),
});
const { smtpPort, httpPort } = capture;
console.log(JSON.stringify({ ready: 'capture', smtpPort, httpPort, dir: path.resolve(values.dir) }));

for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    capture.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
