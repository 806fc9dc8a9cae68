import { fork } from 'node:child_process';
import path from 'node:path';
import { benchMime, runSmtpChannel, runSmtpFloor } from '@/lib/channels/bench-floor';
import { forChild, ROOT } from '../environment';
import type { Bench } from './contract';

const MESSAGES = 20_000;
const BYTES = 20_000;
const CONNECTIONS = 10;

export const bench: Bench = {
  title: `SMTP alone: ${BYTES / 1000} kB messages on ${CONNECTIONS} connections, a sink on loopback`,
  against: 'floor: a hand-written pump of ready-made messages that knows no failure',
  rounds: 5,
  async prepare({ scale, env }) {
    const file = path.join(ROOT, 'lib', 'channels', 'bench-floor.ts');
    const sink = fork(file, ['--sink'], {
      execArgv: ['--import', 'tsx', '--import', './scripts/follow-parent.mjs'],
      env: forChild({ ...env, WAYBILL_FOLLOW: '1' }),
    });
    const port = await new Promise<number>((resolve, reject) => {
      sink.once('message', (told) => resolve(Number(told)));
      sink.once('exit', (code) => reject(new Error(`The SMTP sink ended (${code}).`)));
    });
    const options = { port, connections: CONNECTIONS, messages: Math.round(MESSAGES * scale), mime: benchMime(BYTES) };
    return {
      async round() {
        const floor = await runSmtpFloor(options);
        const channel = await runSmtpChannel(options);
        return [
          { what: 'messages', unit: '/s', value: channel.messagesPerSecond, floor: floor.messagesPerSecond },
          { what: 'CPU', unit: 'µs/message', value: channel.cpuMicrosPerMessage, floor: floor.cpuMicrosPerMessage },
        ];
      },
      reconcile: async () => [],
      end: async () => void sink.kill(),
    };
  },
};
