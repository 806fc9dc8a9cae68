import { cn } from './cn';

export function formatNumber(value: number, locale = 'en', options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale, options).format(value);
}

/** `1.9%`; never `100%` or `0%` unless it is exactly so. */
export function formatShare(part: number, whole: number, locale = 'en'): string {
  if (whole === 0) return '–';
  const share = part / whole;
  const digits = share === 0 || share === 1 ? 0 : 1;
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (share > 0 && share < 0.001) return `< ${percent.format(0.001)}`;
  if (share < 1 && share > 0.999) return `> ${percent.format(0.999)}`;
  return percent.format(share);
}

/** `1 person`, `2,019 people`. */
export function counted(n: number, one: string, many: string, locale = 'en'): string {
  return `${formatNumber(n, locale)} ${n === 1 ? one : many}`;
}

interface NumProps {
  value: number | null | undefined;
  locale?: string;
  options?: Intl.NumberFormatOptions;
  /** Zero is written faintly, so that what is there stands out. */
  faintZero?: boolean;
  className?: string;
}

/** A figure: localised, tabular, mono. */
export function Num({ value, locale, options, faintZero = false, className }: NumProps) {
  const faint = value === null || value === undefined || (faintZero && value === 0);
  return (
    <span className={cn('figure', faint && 'text-ink-faint', className)}>
      {value === null || value === undefined ? '–' : formatNumber(value, locale, options)}
    </span>
  );
}
