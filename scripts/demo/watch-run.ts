import { isTerminal } from '@/lib/domain/run';
import { progressLines, type Screen } from './display';
import type { DemoProgress, Scenario } from './scenario';

const LOOK_EVERY_MS = 400;

/** Shows the run until it is terminal; a database that restarts meanwhile is waited for. */
export async function watchRun(
  scenario: Scenario,
  runId: string,
  screen: Screen,
  signal: AbortSignal,
): Promise<DemoProgress> {
  let troubleSince = 0;
  for (;;) {
    signal.throwIfAborted();
    try {
      const progress = await scenario.progress(runId);
      troubleSince = 0;
      screen.show(progressLines(progress));
      if (isTerminal(progress.status)) return progress;
    } catch (error) {
      troubleSince ||= Date.now();
      if (Date.now() - troubleSince > 30_000) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
