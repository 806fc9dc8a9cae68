import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DispatchBench, DispatchBenchOptions } from '@/lib/features/deliveries/bench';
import { bundleProgram } from '../bundle';
import { WORKER_FLAGS } from '../worker-flags';
import type { Bench } from './contract';

const MESSAGES = 20_000;

function roundIn(child: ChildProcess, options: DispatchBenchOptions): Promise<DispatchBench> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: { result: DispatchBench } | { error: string }) => {
      if ('result' in message) resolve(message.result);
      else reject(new Error(message.error));
    });
    child.send(options);
  });
}

export const bench: Bench = {
  title: 'Dispatch: a 20 kB email through ledger and real SMTP, one process, 10 connections',
  against:
    'floor: dispatch written by hand for this one case, with the least of a ledger; target ≥ 0.5 × and ≤ 80 µs CPU',
  rounds: 5,
  async prepare({ newDatabase, scale }) {
    const databaseUrl = await newDatabase();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-bench-'));
    const sinkProgram = await bundleProgram('lib/features/deliveries/bench-sink.ts', folder);
    const program = await bundleProgram('lib/features/deliveries/bench-process.ts', folder);
    const child = fork(program, { execArgv: WORKER_FLAGS });
    const wrong: string[] = [];
    return {
      async round() {
        const result = await roundIn(child, { databaseUrl, sinkProgram, messages: Math.round(MESSAGES * scale) });
        if (!result.reconciled) wrong.push(`${result.messages} messages: relay, ledger and counters do not agree`);
        const { messagesPerSecond: value, floorMessagesPerSecond, wireMessagesPerSecond } = result;
        return [
          { what: 'messages', unit: '/s', value, floor: floorMessagesPerSecond },
          { what: 'beside the bare wire', unit: '/s', value, floor: wireMessagesPerSecond },
          { what: 'CPU', unit: 'µs/message', value: result.cpuMicrosPerMessage },
        ];
      },
      reconcile: async () => wrong,
      end: async () => {
        child.disconnect();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
