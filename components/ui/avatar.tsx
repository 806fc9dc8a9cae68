import { cn } from './cn';

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return `${Array.from(first)[0] ?? ''}${Array.from(last)[0] ?? ''}`.toUpperCase() || '?';
}

/** Initials; decorative, so the name must stand beside it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-grid size-7 shrink-0 place-items-center rounded-full border border-rule-strong bg-sheet font-medium text-[0.6875rem] text-ink-soft',
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
