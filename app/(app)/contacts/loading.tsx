import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';

export default function ContactsLoading() {
  return (
    <div className="flex flex-col gap-6">
      <h1 className="sr-only">Loading</h1>
      <Skeleton className="h-9 w-40" />
      <div className="flex gap-3">
        <Skeleton className="h-9 w-72" />
        <Skeleton className="h-9 w-52" />
      </div>
      <TableSkeleton rows={12} columns={5} />
    </div>
  );
}
