import type { ComponentProps } from 'react';
import { cn } from './cn';
import { controlStyle } from './input';

interface TextareaProps extends ComponentProps<'textarea'> {
  mono?: boolean;
}

export function Textarea({ className, mono = false, rows = 4, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      className={cn(
        controlStyle,
        'field-sizing-content read-only:bg-well min-h-20 py-2',
        mono && 'font-mono',
        className,
      )}
      {...rest}
    />
  );
}
