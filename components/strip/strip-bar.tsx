import { cn } from '@/components/ui/cn';
import { STRIP_SEGMENTS, type StripCounts, type StripKey } from '@/lib/domain/strip';

/** The colour or hatch of one segment, as a small square beside its word. */
export function Swatch({ segment, className }: { segment: StripKey; className?: string }) {
  return (
    <span
      aria-hidden="true"
      data-segment={segment}
      className={cn('segment inline-block size-2.5 shrink-0', className)}
    />
  );
}

/** A count too small to see keeps four pixels, so that nobody is lost on a screen either. */
export function segmentBox(count: number): { className: string; style: { flexGrow: number } } {
  return {
    className: cn('h-full basis-0 transition-[flex-grow] duration-180', count > 0 && 'not-last:mr-px min-w-1'),
    style: { flexGrow: count },
  };
}

/** The bar alone, drawn for the eye; whoever uses it says the numbers in words. */
export function StripBar({ counts, className }: { counts: StripCounts; className?: string }) {
  const empty = STRIP_SEGMENTS.every(({ key }) => counts[key] === 0);
  return (
    <span aria-hidden="true" className={cn('flex h-2 w-full', className)}>
      {empty && <span className="grow border border-rule-strong border-dashed" />}
      {STRIP_SEGMENTS.map(({ key }) => {
        const box = segmentBox(counts[key]);
        return (
          <span key={key} data-segment={key} {...box} className={cn(box.className, counts[key] > 0 && 'segment')} />
        );
      })}
    </span>
  );
}
