import { Link } from '@/components/ui/link';
import { Num } from '@/components/ui/number';
import type { SubscriptionStatus } from '@/lib/domain/list';
import type { ListDetail } from '@/lib/features/lists/get-list';

/** How many of a list have a status, leading to them. */
export function StatusCount({ list, status }: { list: ListDetail; status: SubscriptionStatus }) {
  const value = list[status];
  if (value === 0) return <Num value={0} faintZero />;
  return (
    <Link
      href={`/lists/${list.id}?status=${status}`}
      className="relative z-10 rounded-xs underline decoration-rule-strong underline-offset-4 hover:text-link"
    >
      <Num value={value} />
      <span className="sr-only">
        {' '}
        {status} on {list.name}
      </span>
    </Link>
  );
}
