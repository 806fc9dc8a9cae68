import { formatNumber } from '@/components/ui/number';

interface ContactCountProps {
  /** `isMore`: there are more than that; not `isExact`: an estimate. */
  counting: Promise<{ count: number; isMore?: boolean; isExact?: boolean }>;
}

/** How many the list holds; comes after the rows, so that counting a million keeps nobody waiting. */
export async function ContactCount({ counting }: ContactCountProps) {
  const { count, isMore = false, isExact = true } = await counting;
  const number = formatNumber(count);
  const words = isMore ? `More than ${number}` : isExact ? number : `About ${number}`;
  return `${words} ${count === 1 ? 'contact' : 'contacts'}`;
}
