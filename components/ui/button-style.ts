const BASE =
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium text-sm transition-colors disabled:cursor-not-allowed disabled:not-aria-busy:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:not-aria-busy:opacity-50 [&_svg:not([class*='size-'])]:size-4 [&_svg]:shrink-0";
const VARIANTS = {
  primary: 'border-ink bg-ink text-paper hover:bg-ink-soft hover:border-ink-soft',
  secondary: 'border-rule-strong bg-sheet text-ink hover:border-field hover:bg-well',
  quiet: 'border-transparent bg-transparent text-ink-soft hover:bg-well hover:text-ink',
  danger: 'border-failed-ink bg-failed-ink text-paper hover:opacity-90 dark:border-failed dark:bg-failed',
  dangerQuiet: 'border-rule-strong bg-sheet text-failed-ink hover:border-failed-ink hover:bg-failed-wash',
} as const;
const SIZES = { sm: 'h-8 px-3', md: 'h-9 px-4', lg: 'h-10 px-5' } as const;

export interface ButtonLook {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
}

export function buttonStyle({ variant = 'secondary', size = 'md' }: ButtonLook = {}): string {
  return `${BASE} ${VARIANTS[variant]} ${SIZES[size]}`;
}
