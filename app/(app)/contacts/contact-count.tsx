import { formatNumber } from '@/components/ui/number';
import type { Ctx } from '@/lib/context';
import { countContacts } from '@/lib/features/contacts/count-contacts';

/** How many the list holds; comes after the rows, so that counting a million keeps nobody waiting. */
export async function ContactCount({ ctx, scope }: { ctx: Ctx; scope: Parameters<typeof countContacts>[1] }) {
  const { count, isMore } = await countContacts(ctx, scope);
  const number = formatNumber(count);
  return `${isMore ? `More than ${number}` : number} ${count === 1 ? 'contact' : 'contacts'}`;
}
