import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';

export default function RunsLoading() {
  return (
    <>
      <Skeleton className="mb-8 h-8 w-32" />
      <TableSkeleton rows={8} columns={5} />
    </>
  );
}
