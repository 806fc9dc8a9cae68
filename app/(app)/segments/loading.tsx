import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div className="flex flex-col gap-6">
      <h1 className="sr-only">Loading</h1>
      <Skeleton className="h-9 w-48" />
      <Skeleton className="h-9 w-72" />
      <TableSkeleton rows={8} columns={4} />
    </div>
  );
}
