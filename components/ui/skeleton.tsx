import { cn } from './cn';

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('block h-4 animate-breathe rounded-xs bg-rule', className)} />;
}

/** The shape of a list while it loads: same rows, same height, nothing jumps when it arrives. */
export function TableSkeleton({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div role="status" className="border-ink border-t">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows + 1 }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: identical rows that never move
          key={row}
          className={cn(
            'flex items-center gap-6 border-b py-[var(--row-pad)]',
            row === 0 ? 'border-rule-strong' : 'border-rule',
          )}
        >
          {Array.from({ length: columns }, (_, column) => (
            <Skeleton
              // biome-ignore lint/suspicious/noArrayIndexKey: identical cells that never move
              key={column}
              className={cn('my-0.5', column === 0 ? 'w-2/5' : 'ml-auto w-16', row === 0 && 'h-3 opacity-60')}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
