import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { LinkButton } from './link-button';

interface PaginationProps {
  /** Addresses with the cursor in them; null at an end. */
  previousHref: string | null;
  nextHref: string | null;
  /** `1,204 contacts`, or what is shown of it. */
  summary?: ReactNode;
}

/** Pages by cursor: rows that arrive meanwhile never make one appear twice. */
export function Pagination({ previousHref, nextHref, summary }: PaginationProps) {
  if (!previousHref && !nextHref && !summary) return null;
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-4 pt-4">
      <span className="text-ink-soft text-sm tabular-nums">{summary}</span>
      {(previousHref || nextHref) && (
        <span className="flex gap-2">
          <Step href={previousHref} rel="prev">
            <ChevronLeft /> Previous
          </Step>
          <Step href={nextHref} rel="next">
            Next <ChevronRight />
          </Step>
        </span>
      )}
    </nav>
  );
}

function Step({ href, rel, children }: { href: string | null; rel: 'prev' | 'next'; children: ReactNode }) {
  if (href === null) {
    return (
      <Button size="sm" disabled>
        {children}
      </Button>
    );
  }
  return (
    <LinkButton size="sm" href={href} rel={rel} scroll={false}>
      {children}
    </LinkButton>
  );
}
