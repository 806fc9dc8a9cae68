import type { Measurement } from './contract';

export interface Figure {
  what: string;
  unit: string;
  rounds: number;
  median: number;
  min: number;
  max: number;
  floor: number | null;
  /** Median of the ratios of each round to its own floor. */
  ratio: number | null;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/** Sums up the rounds of a bench, one figure for each thing measured, in the order they were first seen. */
export function figuresOf(rounds: Measurement[][]): Figure[] {
  const all = rounds.flat();
  return [...new Set(all.map((one) => one.what))].map((what) => {
    const same = all.filter((one) => one.what === what);
    const values = same.map((one) => one.value);
    const floors = same.flatMap((one) => (one.floor === undefined ? [] : [one.floor]));
    const ratios = same.flatMap((one) => (one.floor ? [one.value / one.floor] : []));
    return {
      what,
      unit: same[0]?.unit ?? '',
      rounds: values.length,
      median: median(values),
      min: Math.min(...values),
      max: Math.max(...values),
      floor: floors.length > 0 ? median(floors) : null,
      ratio: ratios.length > 0 ? median(ratios) : null,
    };
  });
}

const digits = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
const show = (value: number) => new Intl.NumberFormat('en', { maximumFractionDigits: digits(value) }).format(value);

export function figureLine(figure: Figure): string {
  const { what, unit, median: middle, min, max, floor, ratio } = figure;
  const beside = floor === null ? '' : `  floor ${show(floor)}`;
  const times = ratio === null ? '' : `  ratio ${ratio.toFixed(2)}`;
  return `  ${what.padEnd(34)} ${show(middle).padStart(9)} ${unit}  (${show(min)} to ${show(max)})${beside}${times}`;
}
