import type { Environment } from '../environment';

/** What a bench gets: a PostgreSQL of its own (durable), the product's settings adopted by this process. */
export interface BenchWorld {
  /** A new, migrated database; this process's pool does not point to it by itself. */
  newDatabase(): Promise<string>;
  env: Environment;
  /** Multiplies the size of the work: 1 is what the targets speak of. */
  scale: number;
  say: (line: string) => void;
}

/** One figure of one round; the floor was measured in the same round. */
export interface Measurement {
  what: string;
  unit: string;
  value: number;
  floor?: number;
}

export interface PreparedBench {
  round(): Promise<Measurement[]>;
  /** What does not add up at the end (provider's ledger against the database); nothing if all is well. */
  reconcile(): Promise<string[]>;
  end(): Promise<void>;
}

export interface Bench {
  title: string;
  /** What the floor is, and the target against it, in words. */
  against: string;
  /** Rounds unless the person asks for another number; a first one to warm up is not counted. */
  rounds: number;
  prepare(world: BenchWorld): Promise<PreparedBench>;
}
