import { Search } from 'lucide-react';
import { buttonStyle } from '@/components/ui/button-style';
import { cn } from '@/components/ui/cn';
import { Kbd } from '@/components/ui/kbd';

/** Opens what `CommandHost` holds. */
export function CommandButton({ compact = false }: { compact?: boolean }) {
  if (compact) {
    return (
      <button
        type="button"
        data-opens="palette"
        aria-label="Search and commands"
        className={cn(buttonStyle({ variant: 'quiet', size: 'lg' }), 'size-10 px-0')}
      >
        <Search />
      </button>
    );
  }
  return (
    <button
      type="button"
      data-opens="palette"
      className="flex h-9 w-full items-center gap-2.5 rounded-md border border-rule-strong bg-sheet px-2 text-ink-faint text-sm transition-colors hover:border-field"
    >
      <Search className="size-4 shrink-0" aria-hidden="true" />
      <span className="grow text-left">Find anything</span>
      <Kbd>⌘K</Kbd>
    </button>
  );
}
