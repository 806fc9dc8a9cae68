'use client';

import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react';
import { cn } from './cn';

const boxStyle =
  "grid size-4 shrink-0 appearance-none place-items-center rounded-xs border border-field bg-sheet transition-colors hover:border-ink disabled:cursor-not-allowed disabled:opacity-50 checked:border-ink checked:bg-ink indeterminate:border-ink indeterminate:bg-ink before:bg-paper checked:before:size-2.5 checked:before:content-[''] checked:before:[clip-path:polygon(14%_44%,0_59%,40%_96%,100%_22%,85%_8%,39%_66%)] indeterminate:before:h-0.5 indeterminate:before:w-2 indeterminate:before:content-[''] indeterminate:before:[clip-path:none]";

interface BoxProps extends Omit<ComponentProps<'input'>, 'type' | 'checked' | 'onChange'> {
  checked?: boolean | 'indeterminate';
  onCheckedChange?: (checked: boolean) => void;
}

/** A bare box, for tables; give it an `aria-label`. */
export function CheckboxBox({ className, checked, onCheckedChange, ...rest }: BoxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = checked === 'indeterminate';
  }, [checked]);
  return (
    <input
      ref={box}
      type="checkbox"
      checked={checked === 'indeterminate' ? false : checked}
      onChange={(event) => onCheckedChange?.(event.target.checked)}
      className={cn(boxStyle, className)}
      {...rest}
    />
  );
}

interface CheckboxProps extends BoxProps {
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
