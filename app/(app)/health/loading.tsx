import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';

export default function HealthLoading() {
  return (
    <div className="flex flex-col gap-10">
      <Skeleton className="h-8 w-32" />
      <Skeleton className="h-20 w-full" />
      <TableSkeleton rows={3} columns={5} />
      <TableSkeleton rows={3} columns={5} />
    </div>
  );
}
