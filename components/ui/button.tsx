import type { ComponentProps } from 'react';
import { type ButtonLook, buttonStyle } from './button-style';
import { cn } from './cn';
import { SpinGlyph } from './glyphs';

export interface ButtonProps extends ComponentProps<'button'>, ButtonLook {
  /** Shows a spinner and ignores clicks; the label stays, so nothing moves. */
  pending?: boolean;
}

export function Button({ variant, size, pending = false, className, children, type, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      className={cn(buttonStyle({ variant, size }), pending && 'relative', className)}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      {...rest}
    >
      {pending ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <SpinGlyph className="animate-spin" />
          </span>
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
