import { afterEach, describe, expect, it } from 'vitest';
import { emailGroup } from '@/lib/channels/testing/email-message';
import {
  type Script,
  type ScriptedOptions,
  type ScriptedSmtp,
  startScriptedSmtp,
} from '@/lib/channels/testing/scripted-smtp';
import { SmtpChannel } from './smtp-channel';
import type { SmtpOptions } from './smtp-options';

let server: ScriptedSmtp;
let channel: SmtpChannel;

async function open(script: Script, options: Partial<SmtpOptions> = {}, scripted: ScriptedOptions = {}) {
  server = await startScriptedSmtp(script, scripted);
  channel = new SmtpChannel({ host: '127.0.0.1', port: server.port, security: 'none', connections: 1, ...options });
}

afterEach(async () => {
  await channel.close();
  await server.close();
});

const outcomes = (results: { outcome: string }[]) => results.map((result) => result.outcome);
/** Which message each accepted body was. */
const delivered = () => server.accepted.map((mime) => Number(/d\.(\d+)@/.exec(mime)?.[1])).sort((a, b) => a - b);
const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the pool', () => {
  it('answers one result per message, in order, and sends each once', async () => {
    await open(
      { rcpt: ({ socket, text }) => text.includes('person7@') && socket.write('550 5.1.1 no\r\n') },
      { connections: 3 },
    );
    const results = await channel.send(emailGroup(50));
    expect(outcomes(results).indexOf('rejected')).toBe(6);
    expect(outcomes(results).filter((outcome) => outcome === 'accepted')).toHaveLength(49);
    expect(delivered()).toEqual(oneTo(50).filter((n) => n !== 7));
    expect(server.connections).toBe(3);
  });

  it('resets after a refused envelope before the next one', async () => {
    await open({ rcpt: ({ socket, nth }) => nth === 2 && socket.write('450 4.2.1 later\r\n') });
    await channel.send(emailGroup(3));
    expect(server.commands.map((line) => line.slice(0, 4))).toEqual([
      'EHLO',
      'MAIL',
      'RCPT',
      'DATA',
      'MAIL',
      'RCPT',
      'DATA',
      'RSET',
      'MAIL',
      'RCPT',
      'DATA',
    ]);
  });

  it('ends a transaction with a lone dot when a server wants data although it refused the recipient', async () => {
    await open(
      {
        rcpt: ({ socket, nth }) => nth === 1 && socket.write('550 5.1.1 no\r\n'),
        dot: ({ socket, text }) => text === '' && socket.write('554 5.5.1 no valid recipients\r\n'),
      },
      {},
      { lenientData: true },
    );
    const results = await channel.send(emailGroup(3));
    expect(outcomes(results)).toEqual(['rejected', 'accepted', 'accepted']);
    expect(delivered()).toEqual([2, 3]);
  });

  it('keeps connections between groups', async () => {
    await open({}, { connections: 2 });
    await channel.send(emailGroup(4));
    await channel.send(emailGroup(4));
    expect(server.connections).toBe(2);
  });

  it('reads replies split at every byte', async () => {
    const drip =
      (text: string) =>
      ({ socket }: { socket: import('node:net').Socket }) => {
        const bytes = [...text];
        const next = () => {
          const byte = bytes.shift();
          if (byte !== undefined) socket.write(byte, () => setImmediate(next));
        };
        next();
        return true;
      };
    await open({
      ehlo: drip('250-one\r\n250-PIPELINING\r\n250 two\r\n'),
      dot: ({ socket, accept }) => {
        accept();
        return drip('250-2.0.0 first\r\n250 2.0.0 Ok: queued as ABCDEF\r\n')({ socket });
      },
    });
    const [result] = await channel.send(emailGroup(1));
    expect(result).toEqual({
      outcome: 'accepted',
      providerMessageId: 'ABCDEF',
      text: '250 2.0.0 first\n2.0.0 Ok: queued as ABCDEF',
    });
  });

  for (const pipelining of [true, false]) {
    const extensions = pipelining ? ['PIPELINING'] : [];
    const name = pipelining ? 'pipelined' : 'unpipelined';

    it(`goes on when a server closes after every third message, and sends nothing twice (${name})`, async () => {
      await open(
        {
          dot: ({ socket, nth, accept }) => {
            if (nth < 3) return false;
            accept();
            socket.end('250 2.0.0 Ok\r\n');
            return true;
          },
        },
        {},
        { extensions },
      );
      const results = await channel.send(emailGroup(20));
      expect(outcomes(results)).toEqual(oneTo(20).map(() => 'accepted'));
      expect(delivered()).toEqual(oneTo(20));
    });

    it(`goes on when a server closes after every message (${name})`, async () => {
      await open(
        {
          dot: ({ socket, accept }) => {
            accept();
            socket.end('250 2.0.0 Ok\r\n');
            return true;
          },
        },
        { connections: 3 },
        { extensions },
      );
      expect(outcomes(await channel.send(emailGroup(30)))).toEqual(oneTo(30).map(() => 'accepted'));
      expect(delivered()).toEqual(oneTo(30));
    });

    it(`takes 421 at the limit of a connection as a farewell, not as a failure (${name})`, async () => {
      await open(
        {
          mail: ({ socket, nth }) => {
            if (nth < 4) return false;
            socket.end('421 4.7.0 too many messages on this connection\r\n');
            return true;
          },
        },
        {},
        { extensions },
      );
      expect(outcomes(await channel.send(emailGroup(10)))).toEqual(oneTo(10).map(() => 'accepted'));
      expect(delivered()).toEqual(oneTo(10));
    });
  }

  it('says goodbye itself after maxMessagesPerConnection', async () => {
    await open({}, { maxMessagesPerConnection: 5 });
    expect(outcomes(await channel.send(emailGroup(12)))).toEqual(oneTo(12).map(() => 'accepted'));
    expect(server.connections).toBe(3);
    expect(server.commands.filter((line) => line === 'QUIT')).toHaveLength(2);
  });

  it('honours the MAILMAX a server announces', async () => {
    await open({}, {}, { extensions: ['PIPELINING', 'LIMITS MAILMAX=4'] });
    expect(outcomes(await channel.send(emailGroup(8)))).toEqual(oneTo(8).map(() => 'accepted'));
    expect(server.connections).toBe(2);
  });

  it('doubts one message and no other when a connection dies between two', async () => {
    await open({
      dot: ({ socket, nthOverall, accept }) => {
        if (nthOverall !== 4) return false;
        accept();
        socket.resetAndDestroy();
        return true;
      },
    });
    const results = await channel.send(emailGroup(10));
    expect(outcomes(results).filter((outcome) => outcome === 'unknown')).toHaveLength(1);
    expect(results[3]).toMatchObject({ outcome: 'unknown', code: 'connection_lost' });
    expect(delivered()).toEqual(oneTo(10));
  });

  it('answers connection_lost, never a guess, when no connection outlives an envelope', async () => {
    await open({ data: ({ socket }) => Boolean(socket.resetAndDestroy()) }, { connections: 2 });
    const results = await channel.send(emailGroup(4));
    for (const result of results) {
      expect(result).toMatchObject({
        outcome: 'rejected',
        class: 'provider',
        retryable: true,
        code: 'connection_lost',
      });
    }
    expect(server.accepted).toHaveLength(0);
  });

  it('takes policy refusals for the account’s only when nothing else passes any more', async () => {
    let refuseAll = false;
    await open({
      rcpt: ({ socket, text }) =>
        (refuseAll || text.includes('person5@')) && socket.write('550 5.7.1 blocked by policy\r\n'),
    });
    const mixed = await channel.send(emailGroup(10));
    expect(mixed[4]).toMatchObject({ class: 'recipient', retryable: true });
    expect(outcomes(mixed).filter((outcome) => outcome === 'accepted')).toHaveLength(9);
    refuseAll = true;
    const refused = await channel.send(emailGroup(40));
    expect(refused.at(-1)).toMatchObject({ class: 'account', code: '550 5.7.1' });
  });

  it('blames the message, not the relay, when connections die on one message while others pass', async () => {
    await open({ rcpt: ({ socket, text }) => text.includes('person3@') && Boolean(socket.resetAndDestroy()) });
    const results = await channel.send(emailGroup(10));
    expect(results[2]).toMatchObject({ class: 'internal', retryable: true, code: 'connection_lost' });
    expect(outcomes(results).filter((outcome) => outcome === 'accepted')).toHaveLength(9);
  });

  it('sends everything when the relay allows fewer connections than we want', async () => {
    await open(
      {
        connect: ({ socket, nthOverall }) => {
          if (nthOverall <= 2) return false;
          socket.end('421 4.7.0 too many connections\r\n');
          return true;
        },
      },
      { connections: 6 },
    );
    expect(outcomes(await channel.send(emailGroup(40)))).toEqual(oneTo(40).map(() => 'accepted'));
    expect(delivered()).toEqual(oneTo(40));
  });

  it('starts nothing after an abort, and finishes what is on the wire', async () => {
    const stop = new AbortController();
    await open({ dot: ({ nthOverall }) => Boolean(nthOverall === 5 && stop.abort()) });
    const results = await channel.send(emailGroup(20), stop.signal);
    const accepted = outcomes(results).filter((outcome) => outcome === 'accepted').length;
    expect(delivered()).toEqual(oneTo(accepted));
    expect(accepted).toBeGreaterThanOrEqual(5);
    expect(accepted).toBeLessThan(20);
    expect(results[19]).toMatchObject({ outcome: 'rejected', code: 'not_started', retryable: true });
  });

  it('closing waits for the answers still owed', async () => {
    await open({});
    const sending = channel.send(emailGroup(5));
    const first = await channel.send(emailGroup(1));
    await channel.close();
    expect(outcomes(first)).toEqual(['accepted']);
    expect(outcomes(await sending)).toEqual(oneTo(5).map(() => 'accepted'));
    expect(await channel.send(emailGroup(1))).toMatchObject([{ code: 'not_started' }]);
  });

  it('waits for the answer to a dot as long as it may take, whatever else is sent meanwhile', async () => {
    const slow: Script = {
      dot: ({ socket, nth, accept }) => {
        if (nth > 1) return false;
        accept();
        setTimeout(() => socket.write('250 2.0.0 Ok\r\n'), 1500);
        return true;
      },
    };
    await open(slow, { timeouts: { commandMs: 1000, dataEndMs: 30_000 } });
    const first = channel.send(emailGroup(1));
    while (server.accepted.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = channel.send(emailGroup(1));
    expect(outcomes([...(await first), ...(await second)])).toEqual(['accepted', 'accepted']);
  });

  it('closes a connection that has been idle', async () => {
    let onQuit = () => {};
    const quit = new Promise<void>((resolve) => {
      onQuit = resolve;
    });
    await open({ quit: () => Boolean(onQuit()) }, { timeouts: { idleMs: 30 } });
    await channel.send(emailGroup(1));
    await quit;
    expect(outcomes(await channel.send(emailGroup(1)))).toEqual(['accepted']);
    expect(server.connections).toBe(2);
  });
});
