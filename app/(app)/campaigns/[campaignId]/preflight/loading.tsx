import { Skeleton } from '@/components/ui/skeleton';

/** Counting and rendering take a moment with many contacts; the page says what it is doing. */
export default function Loading() {
  return (
    <div role="status" className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <Skeleton className="w-40" />
        <h1 className="font-semibold text-xl">Pre-flight</h1>
        <p className="text-ink-soft">Counting the audience, rendering the worst cases, looking at links and senders…</p>
      </div>
      <div className="grid gap-12 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex flex-col gap-4 border-ink border-t pt-4">
          <Skeleton className="w-3/4" />
          <Skeleton className="w-1/2" />
          <Skeleton className="w-2/3" />
          <Skeleton className="mt-8 h-40 w-full" />
        </div>
        <Skeleton className="h-56 w-full" />
      </div>
    </div>
  );
}
