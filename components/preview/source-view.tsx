import { cn } from '@/components/ui/cn';
import { CopyButton } from '@/components/ui/copy-button';

interface SourceViewProps {
  label: string;
  text: string;
  heightPx: number;
  /** Long lines are broken instead of scrolled. */
  wrap?: boolean;
  className?: string;
}

/** Text as it is, in a box that scrolls. */
export function SourceView({ label, text, heightPx, wrap = false, className }: SourceViewProps) {
  return (
    <div className={cn('relative bg-sheet', className)}>
      <section aria-label={label}>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          style={{ height: heightPx }}
          className={cn(
            'overflow-auto p-4 pr-12 font-mono text-xs leading-5 focus-visible:-outline-offset-2',
            wrap && 'whitespace-pre-wrap [overflow-wrap:anywhere]',
          )}
        >
          {text}
        </pre>
      </section>
      <CopyButton value={text} label={`Copy ${label}`} className="absolute top-3 right-4 bg-sheet" />
    </div>
  );
}
