import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';

export default function ContactLoading() {
  return (
    <div className="flex flex-col gap-6">
      <h1 className="sr-only">Loading</h1>
      <Skeleton className="h-9 w-64" />
      <Skeleton className="h-16" />
      <div className="grid gap-x-12 gap-y-10 pt-2 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <TableSkeleton rows={8} columns={2} />
        <TableSkeleton rows={6} columns={2} />
      </div>
    </div>
  );
}
