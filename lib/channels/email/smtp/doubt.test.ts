import { afterEach, describe, expect, it } from 'vitest';
import type { SendResult } from '@/lib/channels/channel';
import { emailGroup } from '@/lib/channels/testing/email-message';
import { type Script, type ScriptedSmtp, startScriptedSmtp } from '@/lib/channels/testing/scripted-smtp';
import { SmtpChannel } from './smtp-channel';
import type { SmtpTimeouts } from './smtp-options';

const say =
  (text: string, close = false) =>
  (scene: { socket: import('node:net').Socket }) => {
    if (close) scene.socket.end(text);
    else scene.socket.write(text);
    return true;
  };
const reset = ({ socket }: { socket: import('node:net').Socket }) => {
  socket.resetAndDestroy();
  return true;
};
const end = ({ socket }: { socket: import('node:net').Socket }) => {
  socket.end();
  return true;
};
const accepting =
  (then: (scene: { socket: import('node:net').Socket }) => boolean) =>
  (scene: { socket: import('node:net').Socket; accept(): void }) => {
    scene.accept();
    return then(scene);
  };

interface Expected {
  outcome: SendResult['outcome'];
  class?: string;
  retryable?: boolean;
  code?: string;
  accepted: number;
}
const notSent = (klass: string, retryable: boolean, code: string): Expected => ({
  outcome: 'rejected',
  class: klass,
  retryable,
  code,
  accepted: 0,
});
const unknown = (code: string, accepted = 1): Expected => ({ outcome: 'unknown', code, accepted });

const table: Record<string, [Script, Expected]> = {
  'reset on connect': [{ connect: reset }, notSent('provider', true, 'connection_failed')],
  'close on connect': [{ connect: end }, notSent('provider', true, 'connection_lost')],
  'no greeting': [{ connect: () => true }, notSent('provider', true, 'timeout')],
  '554 greeting': [{ connect: say('554 go away\r\n', true) }, notSent('provider', true, 'greeting_refused')],
  '421 to MAIL': [{ mail: say('421 4.7.0 busy\r\n', true) }, notSent('provider', true, '421 4.7.0')],
  'reset at MAIL': [{ mail: reset }, notSent('provider', true, 'connection_lost')],
  'close at MAIL': [{ mail: end }, notSent('provider', true, 'connection_lost')],
  '550 to RCPT': [{ rcpt: say('550 5.1.1 no such user\r\n') }, notSent('recipient', false, '550 5.1.1')],
  '450 to RCPT': [{ rcpt: say('450 4.2.0 greylisted\r\n') }, notSent('recipient', true, '450 4.2.0')],
  '451 to DATA': [{ data: say('451 4.3.0 local error\r\n') }, notSent('provider', true, '451 4.3.0')],
  'reset at DATA': [{ data: reset }, notSent('provider', true, 'connection_lost')],
  'close at DATA': [{ data: end }, notSent('provider', true, 'connection_lost')],
  'reset after the dot': [{ dot: accepting(reset) }, unknown('connection_lost')],
  'close after the dot': [{ dot: accepting(end) }, unknown('connection_lost')],
  'silence after the dot': [{ dot: accepting(() => true) }, unknown('timeout')],
  'half a reply after the dot': [{ dot: accepting(say('25', true)) }, unknown('connection_lost')],
  'reply without line end after the dot': [{ dot: accepting(say('250 Ok', true)) }, unknown('connection_lost')],
  'first line of a reply after the dot': [{ dot: accepting(say('250-Ok\r\n', true)) }, unknown('connection_lost')],
  'nonsense after the dot': [{ dot: accepting(say('hello\r\n')) }, unknown('protocol_error')],
  '354 after the dot': [{ dot: accepting(say('354 again\r\n')) }, unknown('protocol_error')],
  '451 after the dot': [{ dot: say('451 4.3.0 try later\r\n') }, notSent('provider', true, '451 4.3.0')],
  '421 after the dot': [{ dot: say('421 4.3.0 closing\r\n', true) }, notSent('provider', true, '421 4.3.0')],
  '552 after the dot': [{ dot: say('552 5.3.4 too big\r\n') }, notSent('content', false, '552 5.3.4')],
  '550 policy after the dot': [{ dot: say('550 5.7.26 unauthenticated\r\n') }, notSent('account', true, '550 5.7.26')],
  'reset after a complete 250': [
    {
      dot: accepting(({ socket }) => {
        socket.write('250 2.0.0 Ok\r\n', () => setTimeout(() => socket.resetAndDestroy(), 20));
        return true;
      }),
    },
    { outcome: 'accepted', accepted: 1 },
  ],
  'well behaved': [{}, { outcome: 'accepted', accepted: 1 }],
};

/** Silence is waited out briefly; every other scene must end by itself. */
const SILENCE: Record<string, Partial<SmtpTimeouts>> = {
  'no greeting': { greetingMs: 300 },
  'silence after the dot': { dataEndMs: 300 },
};
let server: ScriptedSmtp;
let channel: SmtpChannel;

async function open(script: Script, extensions: string[], timeouts: Partial<SmtpTimeouts> = {}) {
  server = await startScriptedSmtp(script, { extensions });
  channel = new SmtpChannel({ host: '127.0.0.1', port: server.port, security: 'none', connections: 1, timeouts });
}

afterEach(async () => {
  await channel.close();
  await server.close();
});

for (const [mode, extensions] of [
  ['with PIPELINING', ['PIPELINING']],
  ['without PIPELINING', []],
] as const) {
  describe(`the doubt begins at the final dot and nowhere else, ${mode}`, () => {
    for (const [name, [script, expected]] of Object.entries(table)) {
      it(name, async () => {
        await open(script, [...extensions], SILENCE[name]);
        const [result] = await channel.send(emailGroup(1));
        expect({ ...result, accepted: server.accepted.length }).toMatchObject(expected);
      });
    }

    it('a large message cut in its middle is not in doubt', async () => {
      const cut: Script = {
        body: ({ socket, text }) => {
          if (text.length > 1000) socket.resetAndDestroy();
          return true;
        },
      };
      await open(cut, [...extensions]);
      const mime = `Subject: big\r\n\r\n${`${'y'.repeat(76)}\r\n`.repeat(400_000)}`;
      const [result] = await channel.send(emailGroup(1, { mime }));
      expect(result).toMatchObject({
        outcome: 'rejected',
        class: 'provider',
        retryable: true,
        code: 'connection_lost',
      });
    });

    it('a refusal in the middle of a large body is definite', async () => {
      const refuse: Script = {
        body: ({ socket, text }) => {
          if (text.length > 1000) socket.end('552 5.3.4 enough\r\n');
          return true;
        },
      };
      await open(refuse, [...extensions]);
      const mime = `Subject: big\r\n\r\n${`${'y'.repeat(76)}\r\n`.repeat(400_000)}`;
      const [result] = await channel.send(emailGroup(1, { mime }));
      expect(result).toMatchObject({ outcome: 'rejected', retryable: expect.any(Boolean) });
      expect(server.accepted).toHaveLength(0);
    });
  });
}
