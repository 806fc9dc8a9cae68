import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div>
      <Skeleton className="mb-8 h-7 w-48" />
      <TableSkeleton rows={6} columns={4} />
    </div>
  );
}
