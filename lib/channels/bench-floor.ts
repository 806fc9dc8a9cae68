import { connect, type Socket } from 'node:net';
import type { EmailMessage } from './channel';
import { SmtpChannel } from './email/smtp/smtp-channel';

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

/** Times `work` and counts the CPU of this process. */
export async function measure(messages: number, work: () => Promise<void>): Promise<FloorResult> {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { messages, seconds, messagesPerSecond: messages / seconds, cpuMicrosPerMessage: (user + system) / messages };
}

export interface FloorMessage {
  from: string;
  to: string;
  mime: string;
}

const envelopeOf = ({ from, to }: FloorMessage) => `MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`;

/** A connection that counts replies and knows no failure: body, final dot and the next envelope in one write. */
export class FloorConnection {
  private constructor(private readonly socket: Socket) {}

  static async open(port: number): Promise<FloorConnection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    const heard = () => new Promise((resolve) => socket.once('data', resolve));
    await heard();
    const ready = heard();
    socket.write('EHLO bench\r\n');
    await ready;
    return new FloorConnection(socket);
  }

  /** Sends what `take` gives until it gives nothing; resolves when the last was accepted. */
  send(take: () => FloorMessage | undefined): Promise<void> {
    const { socket } = this;
    return new Promise((resolve, reject) => {
      let current = take();
      if (!current) return resolve();
      let owed = 0;
      const onData = (chunk: string) => {
        for (let at = chunk.indexOf('354 '); at >= 0; at = chunk.indexOf('354 ', at + 4)) {
          const mime = current?.mime ?? '';
          current = take();
          owed += 1;
          socket.write(`${mime}.\r\n${current ? envelopeOf(current) : ''}`, 'latin1');
        }
        for (let at = chunk.indexOf('queued'); at >= 0; at = chunk.indexOf('queued', at + 6)) owed -= 1;
        if (current || owed > 0) return;
        socket.off('data', onData);
        socket.off('error', reject);
        resolve();
      };
      socket.on('data', onData);
      socket.once('error', reject);
      socket.write(envelopeOf(current));
    });
  }

  close(): void {
    this.socket.end('QUIT\r\n');
  }
}

/** The fastest honest way to put ready-made messages on the wire. */
export async function runSmtpFloor(options: FloorOptions): Promise<FloorResult> {
  const { port, connections, messages, mime } = options;
  const open = await Promise.all(Array.from({ length: connections }, () => FloorConnection.open(port)));
  const message = { from: 'a@sender.example', to: 'b@recipient.example', mime };
  let left = messages;
  const take = () => (left-- > 0 ? message : undefined);
  const result = await measure(messages, async () => {
    await Promise.all(open.map((connection) => connection.send(take)));
  });
  for (const connection of open) connection.close();
  return result;
}

/** The same messages through the product's own SMTP adapter, in groups as the dispatcher would hand them over. */
export async function runSmtpChannel(options: FloorOptions): Promise<FloorResult> {
  const { port, connections, messages, mime } = options;
  const channel = new SmtpChannel({ host: '127.0.0.1', port, connections, security: 'none' });
  const { concurrentGroups } = channel.capabilities;
  let left = messages;
  const worker = async () => {
    while (left > 0) {
      const count = Math.min(left, channel.capabilities.maxGroupSize);
      left -= count;
      const group: EmailMessage[] = Array.from({ length: count }, (_, n) => {
        return {
          deliveryId: String(n),
          envelopeFrom: 'a@sender.example',
          to: `b${n}@recipient.example`,
          mime: Buffer.from(`X-Number: ${n}\r\n${mime}`, 'latin1'),
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
