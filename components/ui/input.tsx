import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

export const controlStyle =
  'w-full min-w-0 rounded-md border border-field bg-sheet px-3 text-base text-ink transition-colors hover:border-ink-soft focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-well disabled:text-ink-faint aria-invalid:border-failed-ink sm:text-sm';

interface InputProps extends ComponentProps<'input'> {
  /** Ids, codes and keys are typed in mono. */
  mono?: boolean;
}

export function Input({ className, mono = false, type = 'text', ...rest }: InputProps) {
  return (
    <input
      type={type}
      className={cn(controlStyle, 'h-9 read-only:bg-well', mono && 'font-mono tabular-nums', className)}
      {...rest}
    />
  );
}

interface InputGroupProps {
  before?: ReactNode;
  after?: ReactNode;
  /** An `Input`; its own border is dropped in favour of the group's. */
  children: ReactNode;
  className?: string;
}

/** An input with a unit, an icon or a button inside the same frame. */
export function InputGroup({ before, after, children, className }: InputGroupProps) {
  return (
    <div
      className={cn(
        'flex h-9 items-center rounded-md border border-field bg-sheet text-ink-faint transition-colors hover:border-ink-soft has-[:disabled]:bg-well has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-link has-[[aria-invalid=true]]:border-failed-ink [&_input:focus-visible]:outline-none [&_input]:h-full [&_input]:border-0 [&_input]:bg-transparent',
        className,
      )}
    >
      {before && <span className="flex shrink-0 items-center pl-3 [&_svg]:size-4">{before}</span>}
      {children}
      {after && <span className="flex shrink-0 items-center pr-3 text-sm [&_svg]:size-4">{after}</span>}
    </div>
  );
}
