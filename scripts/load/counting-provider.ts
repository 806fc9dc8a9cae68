import { randomUUID } from 'node:crypto';
import { type HttpRequest, listenHttp } from '@/lib/channels/listener/http-listener';
import { listenSmtp } from '@/lib/channels/listener/smtp-listener';
import { twilioAccepted, twilioAccountOf } from '@/lib/channels/listener/twilio-dialect';

/** How many recipients of a bench it can tell apart: they are numbered. */
const MOST = 2 ** 21;
const RECIPIENT = '"to":["';
const NUMBER = /(\d+)(?:@|$)/;

export interface ProviderCount {
  messages: number;
  distinct: number;
  /** How often whoever was written to most often. */
  most: number;
  firstAt: number;
  lastAt: number;
}

/**
 * Relay, Resend and Twilio that take everything after a while and keep who was written to and how often; a process of its
 * own. It reads no more of a message than its recipient's number, so that it costs less than what it measures.
 */
async function main(): Promise<void> {
  const delayMs = Number(process.argv[2] ?? 0);
  const times = new Uint8Array(MOST);
  let count: ProviderCount;
  const reset = () => {
    times.fill(0);
    count = { messages: 0, distinct: 0, most: 0, firstAt: 0, lastAt: 0 };
  };
  reset();
  const take = (address: string) => {
    const n = Number(NUMBER.exec(address)?.[1] ?? 0) % MOST;
    const now = Date.now();
    count.firstAt ||= now;
    count.lastAt = now;
    count.messages++;
    if (times[n] === 0) count.distinct++;
    times[n] = (times[n] ?? 0) + 1;
    count.most = Math.max(count.most, times[n] ?? 0);
  };
  const takeResend = (body: string) => {
    const ids: { id: string }[] = [];
    for (let at = body.indexOf(RECIPIENT); at >= 0; at = body.indexOf(RECIPIENT, at + 1)) {
      take(body.slice(at + RECIPIENT.length, body.indexOf('"', at + RECIPIENT.length)));
      ids.push({ id: randomUUID() });
    }
    return ids;
  };
  const respond = ({ path, body }: HttpRequest) => {
    const twilio = twilioAccountOf(path);
    if (twilio) {
      const form = new URLSearchParams(body);
      const [to = '', from = '', text = ''] = ['To', 'From', 'Body'].map((name) => form.get(name) ?? '');
      take(to.slice(-8));
      const sid = `SM${randomUUID().replaceAll('-', '')}`;
      return { ...twilioAccepted({ sid, accountSid: twilio.accountSid, to, from, text }), delayMs };
    }
    const ids = takeResend(body);
    return { status: 200, json: path === '/emails/batch' ? { data: ids, errors: [] } : ids[0], delayMs };
  };
  // addresses are ASCII; to decode megabytes of the rest would cost more than what is measured
  const http = await listenHttp(0, '127.0.0.1', respond, 'latin1');
  const smtp = await listenSmtp(0, '127.0.0.1', {
    deliver: ({ to }, _connection, answer) => {
      take(to[0] ?? '');
      answer({ reply: '250 2.0.0 Ok: queued', ...(delayMs > 0 ? { delayMs } : {}) });
    },
  });
  process.on('message', (message) => {
    if (message === 'reset') reset();
    process.send?.({ count });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ smtpPort: smtp.port, httpPort: http.port });
}

void main();
