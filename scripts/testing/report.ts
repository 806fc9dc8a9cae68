/** What a part of the tests came to; `notes` are lines worth reading at the end. */
export interface Tally {
  passed: number;
  failed: number;
  notes: string[];
}

export const nothing = (): Tally => ({ passed: 0, failed: 0, notes: [] });

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, notes: [...a.notes, ...b.notes] };
}

/** The heading before a part and how long it took after it. */
export async function section(title: string, work: () => Promise<Tally>): Promise<Tally> {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(3, 76 - title.length))}`);
  const startedAt = Date.now();
  let tally: Tally;
  try {
    tally = await work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.log(why);
    tally = { passed: 0, failed: 1, notes: [`${title}: ${why.split('\n')[0]}`] };
  }
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`   ${title}: ${tally.passed} passed, ${tally.failed} failed, ${seconds} s`);
  return tally;
}
