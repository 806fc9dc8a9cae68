import { formatNumber } from '@/components/ui/number';
import type { countContacts } from '@/lib/features/contacts/count-contacts';

/** How many the list holds; comes after the rows, so that counting a million keeps nobody waiting. */
export async function ContactCount({ counting }: { counting: ReturnType<typeof countContacts> }) {
  const { count, isMore } = await counting;
  const number = formatNumber(count);
  return `${isMore ? `More than ${number}` : number} ${count === 1 ? 'contact' : 'contacts'}`;
}
