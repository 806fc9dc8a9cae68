import type { RunStatus } from '@/lib/domain/run';
import type { StripCounts } from '@/lib/domain/strip';

/** What a scenario gets: the product is up (database, capture, worker), its settings are in this process's environment. */
export interface DemoStack {
  appUrl: string;
  databaseUrl: string;
  captureSmtpPort: number;
  captureHttpUrl: string;
  /** One line of what is happening, for the person who waits. */
  say: (line: string) => void;
  signal: AbortSignal;
}

export interface DemoStep {
  step: string;
  counts: StripCounts;
}

export interface DemoProgress {
  status: RunStatus;
  /** The status in words, such as «Sending wave 2 of 4». */
  headline: string;
  audience: number;
  excluded: Record<string, number>;
  steps: DemoStep[];
  messagesPerSecond: number | null;
  secondsLeft: number | null;
  /** Every delivery is accounted for: each step's counts sum to the audience and agree with the provider's ledger. */
  balanced: boolean;
}

export interface DemoRun {
  runId: string;
  title: string;
  /** False when an earlier start launched it. */
  isNew: boolean;
}

export interface Scenario {
  /** Seeds the workspace and launches the campaign, or finds what an earlier start did. Safe to be killed and repeated. */
  begin(stack: DemoStack): Promise<DemoRun>;
  progress(runId: string): Promise<DemoProgress>;
  /** A link that signs its holder in; needs web only when it is opened. */
  signInUrl(stack: DemoStack): Promise<string>;
  end(): Promise<void>;
}
