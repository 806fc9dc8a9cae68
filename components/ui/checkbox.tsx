'use client';

import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';

const boxStyle =
  'grid size-4 shrink-0 place-items-center rounded-xs border border-field bg-sheet text-paper transition-colors hover:border-ink disabled:cursor-not-allowed disabled:opacity-50 data-[state=checked]:border-ink data-[state=checked]:bg-ink data-[state=indeterminate]:border-ink data-[state=indeterminate]:bg-ink';

/** A bare box, for tables; give it an `aria-label`. */
export function CheckboxBox({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root className={cn(boxStyle, className)} {...rest}>
      <Radix.Indicator>
        {rest.checked === 'indeterminate' ? (
          <Minus className="size-3" strokeWidth={3} />
        ) : (
          <Check className="size-3" strokeWidth={3} />
        )}
      </Radix.Indicator>
    </Radix.Root>
  );
}

interface CheckboxProps extends ComponentProps<typeof Radix.Root> {
  label: ReactNode;
  hint?: ReactNode;
}

export function Checkbox({ label, hint, id: givenId, className, ...rest }: CheckboxProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  return (
    <div className={cn('flex items-start gap-2.5', className)}>
      <CheckboxBox id={id} className="mt-0.5" aria-describedby={hint ? `${id}-hint` : undefined} {...rest} />
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-ink-faint text-xs">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
