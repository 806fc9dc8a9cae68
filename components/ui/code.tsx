import type { ReactNode } from 'react';
import { cn } from './cn';
import { CopyButton } from './copy-button';

/** A literal value inside a sentence. */
export function Code({ children, className }: { children: ReactNode; className?: string }) {
  return <code className={cn('rounded-xs bg-well px-1 py-px font-mono text-[0.925em]', className)}>{children}</code>;
}

interface IdProps {
  value: string;
  /** What it identifies: `run id`. */
  of?: string;
  /** The whole id instead of prefix and tail. */
  whole?: boolean;
  copyable?: boolean;
  className?: string;
}

/** An id, shortened to what tells it apart, copied whole. */
export function Id({ value, of = 'id', whole = false, copyable = true, className }: IdProps) {
  const cut = value.indexOf('_') + 1;
  const short = whole || value.length <= 12 ? value : `${value.slice(0, cut)}…${value.slice(-6)}`;
  return (
    <span className={cn('inline-flex items-center gap-0.5 font-mono text-ink-soft text-xs', className)}>
      <span title={value}>{short}</span>
      {copyable && <CopyButton value={value} label={`Copy ${of}`} />}
    </span>
  );
}

interface CodeBlockProps {
  code: string;
  /** What it is, for the copy button: `command`. */
  of?: string;
  className?: string;
}

export function CodeBlock({ code, of = 'code', className }: CodeBlockProps) {
  return (
    <div className={cn('relative rounded-md border border-rule bg-well', className)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="mr-11 overflow-x-auto rounded-md py-4 pl-4 font-mono text-xs leading-5">
        {code}
      </pre>
      <CopyButton value={code} label={`Copy ${of}`} className="absolute top-2 right-2 bg-well" />
    </div>
  );
}
