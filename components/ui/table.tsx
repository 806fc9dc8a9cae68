import type { ComponentProps } from 'react';
import { cn } from './cn';

/** The bare parts of a ruled table, for the few that `DataTable` does not fit. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return (
    <table className={cn('w-full border-separate border-spacing-0 border-ink border-t text-sm', className)} {...rest} />
  );
}

export function Th({ className, align = 'left', scope = 'col', ...rest }: CellProps<'th'>) {
  return (
    <th
      scope={scope}
      className={cn(
        'h-9 whitespace-nowrap border-rule-strong border-b px-3 font-medium text-ink-soft text-xs first:pl-0 last:pr-0',
        align === 'right' ? 'text-right' : 'text-left',
        className,
      )}
      {...rest}
    />
  );
}

export function Td({ className, align = 'left', ...rest }: CellProps<'td'>) {
  return (
    <td
      className={cn(
        'border-rule border-b px-3 py-[var(--row-pad)] align-middle first:pl-0 last:pr-0',
        align === 'right' ? 'text-right' : 'text-left',
        className,
      )}
      {...rest}
    />
  );
}

type CellProps<Tag extends 'td' | 'th'> = Omit<ComponentProps<Tag>, 'align'> & { align?: 'left' | 'right' };
