import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A moment of the conversation at which a script may act instead of the well-behaved answer. */
export type Moment =
  | 'connect'
  | 'ehlo'
  | 'helo'
  | 'starttls'
  | 'mail'
  | 'rcpt'
  | 'data'
  | 'body'
  | 'dot'
  | 'rset'
  | 'quit';

export interface Scene {
  socket: Socket;
  /** The command line, or the message for `dot`, or the bytes so far for `body`. */
  text: string;
  /** How often this moment has come: on this connection, and on all. */
  nth: number;
  nthOverall: number;
  accept(): void;
}

/** Answers true when it handled the moment itself. */
export type Script = Partial<Record<Moment, (scene: Scene) => boolean>>;

export interface ScriptedSmtp {
  port: number;
  accepted: string[];
  commands: string[];
  connections: number;
  close(): Promise<void>;
}

export interface ScriptedOptions {
  extensions?: string[];
  /** Answers 354 to DATA even when no recipient was accepted, as RFC 2920 §3.1 warns of. */
  lenientData?: boolean;
}

/** A TCP server that speaks SMTP except where the script says otherwise. */
export async function startScriptedSmtp(script: Script, options: ScriptedOptions = {}): Promise<ScriptedSmtp> {
  const extensions = options.extensions ?? ['PIPELINING', '8BITMIME'];
  const sockets = new Set<Socket>();
  const overall = new Map<Moment, number>();
  const handle: ScriptedSmtp = { port: 0, accepted: [], commands: [], connections: 0, close };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    handle.connections++;
    const counts = new Map<Moment, number>();
    let buffer = '';
    let inData = false;
    let recipients = 0;
    let gone = false;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      gone = true;
      sockets.delete(socket);
    });
    const act = (moment: Moment, text: string, usual: () => void) => {
      const nth = (counts.get(moment) ?? 0) + 1;
      const nthOverall = (overall.get(moment) ?? 0) + 1;
      counts.set(moment, nth);
      overall.set(moment, nthOverall);
      const accept = () => {
        handle.accepted.push(text);
      };
      if (!script[moment]?.({ socket, text, nth, nthOverall, accept })) usual();
    };
    const say = (line: string) => {
      if (!gone && !socket.destroyed) socket.write(`${line}\r\n`);
    };
    act('connect', '', () => say('220 scripted ESMTP'));
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1');
      while (!socket.destroyed) {
        if (inData) {
          const end = buffer.startsWith('.\r\n') ? -2 : buffer.indexOf('\r\n.\r\n');
          if (end === -1) return act('body', buffer, () => undefined);
          const message = buffer.slice(0, Math.max(0, end + 2));
          buffer = buffer.slice(end + 5);
          inData = false;
          recipients = 0;
          act('dot', message, () => {
            handle.accepted.push(message);
            say(`250 2.0.0 Ok: queued as Q${handle.accepted.length.toString().padStart(6, '0')}`);
          });
          continue;
        }
        const end = buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        handle.commands.push(line);
        const moment = line.split(/[ :]/, 1)[0]?.toLowerCase() as Moment;
        act(moment, line, () => {
          if (moment === 'ehlo')
            say(['250-scripted', ...extensions.map((name) => `250-${name}`), '250 HELP'].join('\r\n'));
          else if (moment === 'data' && recipients === 0 && !options.lenientData) say('503 5.5.1 no valid recipients');
          else if (moment === 'data') {
            inData = true;
            say('354 go ahead');
          } else if (moment === 'quit') {
            say('221 bye');
            socket.end();
          } else {
            if (moment === 'rcpt') recipients++;
            if (moment === 'rset') recipients = 0;
            say('250 2.1.0 Ok');
          }
        });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  handle.port = (server.address() as AddressInfo).port;

  async function close() {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
  return handle;
}
