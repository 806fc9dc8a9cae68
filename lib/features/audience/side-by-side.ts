/** Contacts of an audience by their ids: those after `after`, up to `upTo` or to the end. */
export interface ContactRange {
  after: string;
  upTo: string | null;
}

/** The next ranges after a contact; `endOf` knows where one ends, or that the rest is not more than one. */
export async function nextRanges(
  after: string,
  most: number,
  endOf: (after: string) => Promise<string | null>,
): Promise<ContactRange[]> {
  const ranges: ContactRange[] = [];
  for (let start: string | null = after; start !== null && ranges.length < most; ) {
    const upTo: string | null = await endOf(start);
    ranges.push({ after: start, upTo });
    start = upTo;
  }
  return ranges;
}

/** A value that comes to be known while something else is still worked on. */
export function knownLater<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((known, failed) => {
    resolve = known;
    reject = failed;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/**
 * Works on ranges that follow each other at once. Each is given what the one in front of it will answer, so that it can
 * commit after it and never before; the first is given `start`. Answers what the last one does, when all have ended.
 */
export async function sideBySide<T>(
  ranges: readonly ContactRange[],
  start: T,
  work: (range: ContactRange, inFront: Promise<T>, isFirst: boolean) => Promise<T>,
): Promise<T> {
  let last: Promise<T> = Promise.resolve(start);
  const all = ranges.map((range, i) => {
    last = work(range, last, i === 0);
    return last;
  });
  // none is left half done behind the failure of another
  await Promise.allSettled(all);
  return last;
}
