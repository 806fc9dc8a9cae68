import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { emailMessage } from '@/lib/channels/testing/email-message';
import { SmtpChannel } from './smtp-channel';
import { type SmtpSecurity, smtpSecurities } from './smtp-options';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '25' },
    security: { type: 'string', default: 'none' },
    ca: { type: 'string' },
    user: { type: 'string' },
    pass: { type: 'string' },
    messages: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '10' },
    domain: { type: 'string', default: 'recipient.example' },
  },
});
const security = smtpSecurities.find((name): name is SmtpSecurity => name === values.security);
if (!security) throw new Error(`--security is one of ${smtpSecurities.join(', ')}`);

const channel = new SmtpChannel({
  host: values.host,
  port: Number(values.port),
  security,
  connections: Number(values.connections),
  auth: values.user === undefined ? undefined : { user: values.user, pass: values.pass ?? '' },
  tls: values.ca === undefined ? undefined : { ca: readFileSync(values.ca) },
});
console.log(await channel.verify());

const count = Number(values.messages);
const messages = Array.from({ length: count }, (_, n) =>
  emailMessage(n + 1, { to: `person${n + 1}@${values.domain}` }),
);
messages.push(
  emailMessage(count + 1, { to: `nobody@${values.domain}` }),
  emailMessage(count + 2, { to: `busy@${values.domain}` }),
);
const startedMs = performance.now();
const cpu = process.cpuUsage();
const results = await channel.send({ idempotencyKey: 'check', messages });
const used = process.cpuUsage(cpu);
const seconds = (performance.now() - startedMs) / 1000;
const tally = new Map<string, number>();
for (const result of results) {
  const name = result.outcome === 'accepted' ? 'accepted' : `${result.outcome} ${result.code}`;
  tally.set(name, (tally.get(name) ?? 0) + 1);
}
console.log(Object.fromEntries(tally));
console.log(
  `${Math.round(results.length / seconds)} messages/s, ${Math.round((used.user + used.system) / results.length)} µs CPU each`,
);
console.log(results.at(0), results.at(-2), results.at(-1));
await channel.close();
