import type { ComponentProps, ReactNode } from 'react';

interface MenuButtonProps extends ComponentProps<'button'> {
  mark: ReactNode;
  label: ReactNode;
}

/** A line of the sidebar that opens a menu. */
export function MenuButton({ mark, label, ...rest }: MenuButtonProps) {
  return (
    <button
      type="button"
      className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm transition-colors hover:bg-rule/60"
      {...rest}
    >
      {mark}
      <span className="min-w-0 grow truncate">{label}</span>
      <svg
        viewBox="0 0 16 16"
        className="size-4 shrink-0 text-ink-faint"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
      >
        <path d="M5 6l3-3 3 3M5 10l3 3 3-3" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </button>
  );
}
