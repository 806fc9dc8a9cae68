import { fork } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { EmailMessage } from './channel';
import { SmtpChannel } from './email/smtp/smtp-channel';
import { listenSmtp } from './listener/smtp-listener';

export interface FloorResult {
  messages: number;
  seconds: number;
  messagesPerSecond: number;
  cpuMicrosPerMessage: number;
}

export interface FloorOptions {
  port: number;
  connections: number;
  messages: number;
  mime: string;
}

/** A body of about `bytes` bytes that is ready for the wire. */
export function benchMime(bytes: number): string {
  const head =
    'From: a@sender.example\r\nTo: b@recipient.example\r\nSubject: Bench\r\nMessage-ID: <bench@sender.example>\r\n\r\n';
  return (
    head +
    `${'The quick brown fox jumps over the lazy dog and runs on to the end of t\r\n'.repeat(Math.ceil((bytes - head.length) / 73))}`
  );
}

async function measure(messages: number, work: () => Promise<void>): Promise<FloorResult> {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { messages, seconds, messagesPerSecond: messages / seconds, cpuMicrosPerMessage: (user + system) / messages };
}

/** One connection of the floor: counts replies, knows no failure. */
function pump(socket: Socket, mime: string, take: () => boolean): Promise<void> {
  const envelope = 'MAIL FROM:<a@sender.example>\r\nRCPT TO:<b@recipient.example>\r\nDATA\r\n';
  return new Promise((resolve, reject) => {
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('data', (chunk: string) => {
      for (let at = chunk.indexOf('354 '); at >= 0; at = chunk.indexOf('354 ', at + 4)) {
        const more = take();
        socket.write(`${mime}.\r\n${more ? envelope : 'QUIT\r\n'}`, 'latin1');
        if (!more) socket.once('close', () => resolve());
      }
    });
    if (!take()) return resolve(void socket.end());
    socket.write(envelope);
  });
}

/** The fastest honest way to put ready-made messages on the wire: what our dispatch is compared with. */
export async function runSmtpFloor(options: FloorOptions): Promise<FloorResult> {
  const { port, connections, messages, mime } = options;
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await new Promise((resolve) => socket.once('data', resolve));
      const ready = new Promise((resolve) => socket.once('data', resolve));
      socket.write('EHLO bench\r\n');
      await ready;
      return socket;
    }),
  );
  let left = messages;
  const take = () => left-- > 0;
  return measure(messages, async () => {
    await Promise.all(sockets.map((socket) => pump(socket, mime, take)));
  });
}

/** The same messages through the product's own SMTP adapter, in groups as the dispatcher would hand them over. */
export async function runSmtpChannel(options: FloorOptions): Promise<FloorResult> {
  const { port, connections, messages, mime } = options;
  const channel = new SmtpChannel({ host: '127.0.0.1', port, connections, security: 'none' });
  const { maxGroupSize, concurrentGroups } = channel.capabilities;
  let left = messages;
  const worker = async () => {
    while (left > 0) {
      const count = Math.min(left, maxGroupSize);
      left -= count;
      const group: EmailMessage[] = Array.from({ length: count }, (_, n) => {
        return {
          deliveryId: String(n),
          envelopeFrom: 'a@sender.example',
          to: `b${n}@recipient.example`,
          mime: `X-Number: ${n}\r\n${mime}`,
        };
      });
      const results = await channel.send({ idempotencyKey: 'bench', messages: group });
      if (results.some((result) => result.outcome !== 'accepted')) throw new Error(JSON.stringify(results[0]));
    }
  };
  const result = await measure(messages, async () => {
    await Promise.all(Array.from({ length: concurrentGroups }, worker));
  });
  await channel.close();
  return result;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sink: { type: 'boolean', default: false },
      messages: { type: 'string', default: '50000' },
      bytes: { type: 'string', default: '20000' },
      connections: { type: 'string', default: '10' },
      runs: { type: 'string', default: '5' },
      /** What the sink takes to answer each message, as a relay far away would. */
      'latency-ms': { type: 'string', default: '0' },
    },
  });
  const delayMs = Number(values['latency-ms']);
  if (values.sink) {
    const sink = await listenSmtp(0, '127.0.0.1', {
      deliver: (_receipt, _connection, answer) => answer({ reply: '250 2.0.0 Ok', delayMs }),
    });
    process.send?.(sink.port);
    return;
  }
  const sink = fork(fileURLToPath(import.meta.url), ['--sink', '--latency-ms', String(delayMs)], {
    execArgv: process.execArgv,
  });
  const port = await new Promise<number>((resolve) => sink.once('message', (message) => resolve(Number(message))));
  const mime = benchMime(Number(values.bytes));
  const options = { port, connections: Number(values.connections), messages: Number(values.messages), mime };
  const show = (name: string, { messagesPerSecond, cpuMicrosPerMessage }: FloorResult) =>
    console.log(
      `${name.padEnd(8)} ${Math.round(messagesPerSecond)} messages/s, ${cpuMicrosPerMessage.toFixed(1)} µs CPU each`,
    );
  await runSmtpChannel({ ...options, messages: 2000 });
  for (let run = 0; run < Number(values.runs); run++) {
    show('floor', await runSmtpFloor(options));
    show('channel', await runSmtpChannel(options));
  }
  sink.kill();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
