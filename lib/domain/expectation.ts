import type { Expectation } from './recurrence';

const number = (n: number) => n.toLocaleString('en');

/** Fewer say nothing about what is usual. */
export const LEAST_EARLIER = 3;
/** So many occurrences back are looked at. */
export const EARLIER_LOOKED_AT = 8;

/** How many people an occurrence usually reaches. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export interface Unexpected {
  kind: 'empty' | 'unusual';
  /** With the numbers; ends with a full stop. */
  words: string;
}

/** What is strange about an audience beside those of the occurrences before it; null when nothing is. */
export function judgeAudience(
  audience: number,
  earlier: readonly number[],
  { volume }: Pick<Expectation, 'volume'>,
): Unexpected | null {
  const median = Math.round(medianOf(earlier));
  const before =
    earlier.length === 0
      ? ''
      : earlier.length === 1
        ? ` The occurrence before reached ${number(median)}.`
        : ` The ${earlier.length} occurrences before reached ${number(median)} in the middle (${number(Math.min(...earlier))} to ${number(Math.max(...earlier))}).`;
  if (audience === 0) return { kind: 'empty', words: `Nobody was in the audience, so nothing was sent.${before}` };
  if (volume === null || earlier.length < LEAST_EARLIER || median === 0) return null;
  const people = audience === 1 ? '1 person is' : `${number(audience)} people are`;
  if (audience < median * volume.least) {
    const bound = number(Math.ceil(median * volume.least));
    return { kind: 'unusual', words: `Only ${people} in the audience.${before} Fewer than ${bound} is unusual.` };
  }
  if (audience > median * volume.most) {
    const bound = number(Math.floor(median * volume.most));
    return { kind: 'unusual', words: `${title(people)} in the audience.${before} More than ${bound} is unusual.` };
  }
  return null;
}

function title(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
