import { Fragment } from 'react';
import { cn } from './cn';

/** An email address, which a narrow place breaks before its @ and its dots; within a word only where even that is too long. */
export function Address({ value, className }: { value: string; className?: string }) {
  return (
    <span className={cn('[overflow-wrap:anywhere]', className)}>
      {value.split(/(?=[.@])/).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, in their order
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
