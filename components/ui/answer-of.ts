import { unstable_rethrow } from 'next/navigation';
import type { ActionResult } from '@/lib/http/action';

export const NO_ANSWER = 'Waybill did not answer. Nothing on this page is lost: press again.';

/**
 * The answer of a server action; without one a refusal, so that a lost connection never takes the page and what was typed
 * on it away.
 */
export async function answerOf<T>(call: Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await call;
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, error: { code: 'internal', message: NO_ANSWER, issues: [] } };
  }
}

/** The sentence of a refusal, or that there was no answer; undefined when it was done. */
export async function refusalOf(work: () => Promise<string | undefined> | string | undefined) {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    return NO_ANSWER;
  }
}
