import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';

export default function OverviewLoading() {
  return (
    <div className="flex flex-col gap-10">
      <Skeleton className="h-8 w-40" />
      <TableSkeleton rows={3} columns={2} />
      <TableSkeleton rows={3} columns={3} />
      <TableSkeleton rows={6} columns={4} />
    </div>
  );
}
