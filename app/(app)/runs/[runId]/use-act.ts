'use client';

import { useTransition } from 'react';
import { toast } from '@/components/ui/toast';

type Result<T> = { ok: true; data: T } | { ok: false; error: { message: string } };

const NO_ANSWER = 'Waybill did not answer. Look at the state of the run before you press again.';

/** Runs a server action; answers the sentence of a refusal, for a dialog that stays open, or undefined when it was done. */
export async function attemptAct<T>(
  work: () => Promise<Result<T>>,
  done: (data: T) => string,
): Promise<string | undefined> {
  try {
    const result = await work();
    if (!result.ok) return result.error.message;
    toast.done(done(result.data));
  } catch {
    return NO_ANSWER;
  }
}

/** A button's action: pending while it runs, then everything is asked for again, whatever came of it. */
export function useAct(refresh: () => Promise<void>) {
  const [pending, startTransition] = useTransition();
  function act<T>(work: () => Promise<Result<T>>, done: (data: T) => string) {
    startTransition(async () => {
      const refusal = await attemptAct(work, done);
      if (refusal) toast.failed(refusal);
      await refresh();
    });
  }
  return { pending, act };
}
