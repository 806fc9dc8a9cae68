const PAUSE_MS = 2_000;

async function untilItComes<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      // no connection just now: a page is not to fall over because a dialog cannot come yet
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** Code that is loaded once, at the first wish; without a connection it is waited for. */
export function later<T>(load: () => Promise<T>): () => Promise<T> {
  let coming: Promise<T> | undefined;
  return () => {
    coming ??= untilItComes(load);
    return coming;
  };
}
