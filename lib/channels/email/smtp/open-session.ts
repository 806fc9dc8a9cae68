import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { providerDialling } from '@/lib/channels/http/guard-address';
import { type Rejected, refusedForNow } from '@/lib/channels/rejected';
import { describeError } from '@/lib/errors';
import { authenticate } from './authenticate';
import { replyText } from './classify-reply';
import { Dialogue, DialogueError } from './dialogue';
import { parseExtensions, type SmtpExtensions } from './extensions';
import type { SmtpReply } from './reply-parser';
import type { ResolvedSmtpOptions } from './smtp-options';

export interface SmtpSession {
  socket: Socket;
  extensions: SmtpExtensions;
  encrypted: boolean;
}

/** No usable session came about; `rejection` is the definite result of every message that waited for it. */
export class SessionError extends Error {
  readonly rejection: Rejected;
  constructor(rejection: Rejected, cause?: unknown) {
    super(rejection.text, { cause });
    this.rejection = rejection;
  }
}

const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;
const CODES: Record<string, string> = {
  ENOTFOUND: 'dns_failed',
  EAI_AGAIN: 'dns_failed',
  ECONNREFUSED: 'connection_refused',
  ETIMEDOUT: 'connect_timeout',
  EFORBIDDENHOST: 'forbidden_host',
};

function fault(klass: 'provider' | 'account', code: string, text: string, cause?: unknown): SessionError {
  return new SessionError(refusedForNow(klass, code, text), cause);
}

function refused(reply: SmtpReply, what: string): SessionError {
  const temporary = reply.code < 500;
  const account = !temporary && what !== 'greeting';
  return fault(account ? 'account' : 'provider', `${what}_refused`, replyText(reply));
}

async function opened(socket: Socket, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<void> {
  const phase = event === 'connect' ? 'connect' : 'tls';
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error) => {
      clearTimeout(timer);
      socket.off(event, onOpen);
      socket.off('error', settle);
      socket.off('close', onClose);
      if (error) reject(error);
      else resolve();
    };
    const onOpen = () => settle();
    const onClose = () => settle(new DialogueError('connection_lost', 'the server closed the connection'));
    const timer = setTimeout(
      () => settle(new DialogueError(`${phase}_timeout`, `no ${phase} within ${timeoutMs} ms`)),
      timeoutMs,
    );
    socket.once(event, onOpen);
    socket.once('error', settle);
    socket.once('close', onClose);
  });
}

/** Ends a socket nobody listens to any more; a reset that arrives late must not become an uncaught error. */
function abandon(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.destroy();
}

function tlsOptions(options: ResolvedSmtpOptions) {
  return {
    servername: isIP(options.host) ? undefined : options.host,
    minVersion: 'TLSv1.2' as const,
    rejectUnauthorized: options.security !== 'opportunistic' || options.auth !== undefined,
    ...options.tls,
  };
}

async function encrypt(plain: Socket, options: ResolvedSmtpOptions): Promise<Socket> {
  const socket = connectTls({ ...tlsOptions(options), socket: plain });
  try {
    await opened(socket, 'secureConnect', options.timeouts.connectMs);
  } catch (error) {
    abandon(socket);
    throw tlsFault(error);
  }
  return socket;
}

function tlsFault(error: unknown): SessionError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = `TLS failed: ${describeError(error)}`;
  return CERTIFICATE_CODE.test(code)
    ? fault('account', 'tls_certificate', text, error)
    : fault('provider', 'tls_failed', text, error);
}

async function dial(options: ResolvedSmtpOptions, track: (socket: Socket) => void): Promise<Socket> {
  const { host, port } = options;
  // Node gives up on an address after 250 ms by default, less than a far relay needs.
  const patience = { autoSelectFamilyAttemptTimeout: 2000 };
  const socket = connectTcp({ host, port, noDelay: true, keepAlive: true, ...patience, ...providerDialling(host) });
  track(socket);
  await opened(socket, 'connect', options.timeouts.connectMs);
  if (options.security !== 'tls') return socket;
  const encrypted = await encrypt(socket, options);
  track(encrypted);
  return encrypted;
}

async function hello(dialogue: Dialogue, options: ResolvedSmtpOptions): Promise<SmtpExtensions> {
  const { commandMs } = options.timeouts;
  const ehlo = await dialogue.ask(`EHLO ${options.clientName}`, commandMs);
  if (ehlo.code === 250) return parseExtensions(ehlo.text);
  if (ehlo.code < 500) throw fault('provider', 'greeting_refused', replyText(ehlo));
  const helo = await dialogue.ask(`HELO ${options.clientName}`, commandMs);
  if (helo.code !== 250) throw fault('provider', 'greeting_refused', replyText(helo));
  return parseExtensions('');
}

/** Connects, greets, encrypts and signs in as the options demand; throws SessionError and leaves nothing open. */
export async function openSession(options: ResolvedSmtpOptions): Promise<SmtpSession> {
  const sockets: Socket[] = [];
  try {
    return await negotiate(options, (socket) => sockets.push(socket));
  } catch (error) {
    for (const socket of sockets) abandon(socket);
    if (error instanceof SessionError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'connection_failed';
    const known = CODES[code] ?? (code.startsWith('E') ? 'connection_failed' : code);
    throw fault(
      known === 'forbidden_host' ? 'account' : 'provider',
      known,
      `${options.host}:${options.port}: ${describeError(error)}`,
      error,
    );
  }
}

async function negotiate(options: ResolvedSmtpOptions, track: (socket: Socket) => void): Promise<SmtpSession> {
  const { greetingMs, commandMs } = options.timeouts;
  let dialogue = new Dialogue(await dial(options, track));
  const greeting = await dialogue.read(greetingMs, 'greeting');
  if (greeting.code !== 220) throw refused(greeting, 'greeting');
  let extensions = await hello(dialogue, options);

  const wantsTls = options.security === 'starttls' || options.security === 'opportunistic';
  if (wantsTls && extensions.startTls) {
    const go = await dialogue.ask('STARTTLS', commandMs);
    if (go.code === 220) {
      const encrypted = await encrypt(dialogue.release(), options);
      track(encrypted);
      dialogue = new Dialogue(encrypted);
      extensions = await hello(dialogue, options);
    } else if (options.security === 'starttls') {
      throw fault('provider', 'starttls_refused', replyText(go));
    }
  } else if (options.security === 'starttls') {
    throw fault('account', 'starttls_missing', 'The server does not offer STARTTLS; nothing is sent in plain text.');
  }

  const encrypted = dialogue.socket instanceof TLSSocket;
  if (options.auth) {
    const line = { encrypted, allowClear: options.security === 'none', timeoutMs: commandMs };
    const reply = await authenticate(dialogue, extensions.auth, options.auth, line);
    if (!reply) throw fault('account', 'auth_unavailable', 'The server offers no sign-in that is safe on this line.');
    if (reply.code !== 235) throw refused(reply, 'auth');
  }
  const socket = dialogue.release();
  if (socket.destroyed) throw fault('provider', 'connection_lost', 'the server closed the connection');
  return { socket, extensions, encrypted };
}
