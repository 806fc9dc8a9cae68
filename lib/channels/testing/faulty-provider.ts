import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FaultyOptions,
  type FaultyProvider,
  startFaultyProvider,
} from '@/lib/channels/faulty/start-faulty-provider';

export interface LedgerLine {
  dialect: string;
  key: string;
  to: string;
  providerMessageId: string;
  part?: string;
}

export interface FaultyBench {
  dir: string;
  /** The provider started last. */
  provider: FaultyProvider;
  baseUrl: string;
  /** Closed before the provider, last opened first. */
  closers: (() => Promise<unknown>)[];
  ledger(): LedgerLine[];
  timesInLedger(): Map<string, number>;
  close(): Promise<void>;
}

/** A failing provider with its ledger in a folder of its own, both gone after `close`. */
export async function openFaultyBench(options: Omit<FaultyOptions, 'dir'> = {}): Promise<FaultyBench> {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-faulty-'));
  const provider = await startFaultyProvider({ seed: 'a', ...options, dir });
  const closers: FaultyBench['closers'] = [];
  const ledger = (): LedgerLine[] => {
    const lines = readFileSync(provider.ledgerPath, 'utf8').trim().split('\n');
    return lines.filter(Boolean).map((line) => JSON.parse(line));
  };
  return {
    dir,
    provider,
    baseUrl: `http://127.0.0.1:${provider.httpPort}`,
    closers,
    ledger,
    timesInLedger() {
      const times = new Map<string, number>();
      for (const { key } of ledger()) times.set(key, (times.get(key) ?? 0) + 1);
      return times;
    },
    async close() {
      for (const close of closers.reverse()) await close();
      await provider.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
