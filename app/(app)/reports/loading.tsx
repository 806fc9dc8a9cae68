import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';

export default function ReportsLoading() {
  return (
    <div className="flex flex-col gap-8">
      <Skeleton className="h-8 w-32" />
      <Skeleton className="h-10 w-80 max-w-full" />
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-48 w-full" />
      <TableSkeleton rows={5} columns={6} />
    </div>
  );
}
