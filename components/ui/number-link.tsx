import type { ReactNode } from 'react';
import { Link } from './link';

/** A number that leads to the rows behind it; it looks like a link when it is pointed at. Without an address, the number. */
export function NumberLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (href === undefined) return children;
  return (
    <Link
      href={href}
      className="relative z-10 rounded-xs decoration-rule-strong underline-offset-4 hover:text-link hover:underline"
    >
      {children}
    </Link>
  );
}
