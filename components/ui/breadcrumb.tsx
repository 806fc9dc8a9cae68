import { ChevronRight } from 'lucide-react';
import { Link } from '@/components/ui/link';

/** The way up; the page itself is the title below it and is not repeated here. */
export function Breadcrumb({ trail }: { trail: { label: string; href: string }[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1 text-ink-soft text-sm">
        {trail.map(({ label, href }, index) => (
          <li key={href} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRight className="size-3.5 text-ink-faint" aria-hidden="true" />}
            <Link href={href} className="truncate rounded-xs underline-offset-4 hover:text-ink hover:underline">
              {label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
