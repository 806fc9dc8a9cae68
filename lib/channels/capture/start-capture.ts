import PostalMime from 'postal-mime';
import { z } from 'zod';
import { type HttpAnswer, type HttpRequest, listenHttp } from '@/lib/channels/listener/http-listener';
import { listenSmtp } from '@/lib/channels/listener/smtp-listener';
import { StatusCallbacks } from '@/lib/channels/listener/status-callbacks';
import { twilioAccountOf } from '@/lib/channels/listener/twilio-dialect';
import { type CapturedEntry, Inbox } from './inbox';
import { type CaptureRule, CaptureRules } from './rules';
import { acceptSms } from './twilio-gateway';

export interface CaptureOptions {
  dir: string;
  /** 0 takes any free port. */
  smtpPort?: number;
  httpPort?: number;
  host?: string;
  rules?: CaptureRule[];
  /** Each accept is on disk before it is answered. */
  durable?: boolean;
  /** Signs status callbacks, as Twilio does with the account's token. */
  callbackToken?: string;
}

export interface Capture {
  smtpPort: number;
  httpPort: number;
  close(): Promise<void>;
}

const querySchema = z.object({
  to: z.string().max(320).optional(),
  q: z.string().max(320).optional(),
  channel: z.enum(['email', 'sms']).optional(),
  cursor: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?$/;

function summarise({ id, channel, from, to, title, messageId, at, bytes }: CapturedEntry) {
  const name = channel === 'email' ? { subject: title } : { text: title };
  return { id: String(id), channel, from, to, ...name, messageId, at: new Date(at).toISOString(), bytes };
}

async function readOne(inbox: Inbox, id: number): Promise<HttpAnswer> {
  const found = await inbox.read(id);
  if (!found) return { status: 404, json: { message: 'No such message.' } };
  const summary = summarise(found.entry);
  if (found.entry.channel === 'sms') return { status: 200, json: { ...summary, text: found.raw.toString('utf8') } };
  const parsed = await PostalMime.parse(found.raw);
  const attachments = parsed.attachments.map(({ filename, mimeType, content }) => {
    return { filename, mimeType, bytes: typeof content === 'string' ? content.length : content.byteLength };
  });
  const { headers, html = null, text = null } = parsed;
  return { status: 200, json: { ...summary, headers, html, text, attachments, raw: found.raw.toString('utf8') } };
}

/**
 * Starts a local SMTP relay and SMS gateway in one: nothing leaves the machine, everything is kept in `dir` and can be
 * read over HTTP (`/inbox`, `/inbox/{id}`, `/stats`).
 */
export async function startCapture(options: CaptureOptions): Promise<Capture> {
  const host = options.host ?? '127.0.0.1';
  const inbox = new Inbox({ dir: options.dir, durable: options.durable ?? false });
  const rules = new CaptureRules(options.rules ?? []);
  const callbacks = new StatusCallbacks(options.callbackToken ?? 'capture');
  const startedAt = new Date().toISOString();
  let refused = 0;
  const onRefused = () => {
    refused++;
  };

  const smtp = await listenSmtp(options.smtpPort ?? 0, host, {
    at(moment, address) {
      const reply = moment === 'rcpt' ? rules.find(address)?.reply : undefined;
      if (reply === undefined) return null;
      onRefused();
      return { reply };
    },
    deliver({ from, to, message }, _connection, answer) {
      inbox.addEmail(from, to[0] ?? '', message, (error, id) => {
        if (error) answer({ reply: `451 4.3.0 could not keep it: ${error.message}` });
        else answer({ reply: `250 2.0.0 Ok: queued as capture-${id}` });
      });
    },
  });

  const list = (request: HttpRequest): HttpAnswer => {
    const query = querySchema.safeParse(Object.fromEntries(request.query));
    if (!query.success) return { status: 422, json: { message: z.prettifyError(query.error) } };
    const { cursor, limit, ...rest } = query.data;
    const found = inbox.find({ ...rest, before: cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    const nextCursor = found.length > limit ? String(page.at(-1)?.id) : null;
    return { status: 200, json: { messages: page.map(summarise), nextCursor } };
  };

  const handle = async (request: HttpRequest): Promise<HttpAnswer> => {
    // A page on the web may point its own name at this address and so read what was captured.
    if (host === '127.0.0.1' && !LOOPBACK.test(request.headers.host ?? ''))
      return { status: 403, json: { message: 'Only local.' } };
    const twilio = twilioAccountOf(request.path);
    if (twilio?.what === 'account') return { status: 200, json: { sid: twilio.accountSid, status: 'active' } };
    if (twilio && request.method === 'POST') {
      return acceptSms(request, twilio.accountSid, { inbox, rules, callbacks, onRefused });
    }
    if (request.path === '/inbox' && request.method === 'GET') return list(request);
    if (request.path === '/inbox' && request.method === 'DELETE') {
      await inbox.clear();
      return { status: 200, json: { cleared: true } };
    }
    const one = /^\/inbox\/(\d{1,15})$/.exec(request.path)?.[1];
    if (one && request.method === 'GET') return readOne(inbox, Number(one));
    if (request.path === '/stats') {
      const { delivered, failed } = callbacks;
      return { status: 200, json: { ...inbox.totals, refused, callbacks: { delivered, failed }, startedAt } };
    }
    return { status: 404, json: { message: 'Nothing here.' } };
  };
  const http = await listenHttp(options.httpPort ?? 0, host, handle);

  return {
    smtpPort: smtp.port,
    httpPort: http.port,
    close: async () => {
      callbacks.close();
      await Promise.all([smtp.close(), http.close()]);
      await inbox.close();
    },
  };
}
