'use client';

import { Button } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/components/ui/number';
import { type SmsSegments, suggestGsm } from '@/lib/domain/sms-segments';

export interface SmsPrice {
  amount: number;
  currency: string;
}

interface SmsMeterProps {
  count: SmsSegments;
  price: SmsPrice | null;
}

function money({ amount, currency }: SmsPrice, times: number): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 2 }).format(amount * times);
}

/** How the network counts one person's text, and what that costs. */
export function SmsMeter({ count, price }: SmsMeterProps) {
  const { segments, units, unitsLeft, encoding } = count;
  return (
    <Facts
      facts={[
        {
          label: 'Parts',
          value: <span className="figure">{segments}</span>,
          note: segments === 1 ? 'one message' : 'sent and paid one by one',
        },
        {
          label: 'Characters',
          value: <span className="figure">{units}</span>,
          note: `${unitsLeft} more fit`,
        },
        { label: 'Alphabet', value: encoding, note: encoding === 'GSM-7' ? '160 to a message' : '70 to a message' },
        price
          ? {
              label: 'Cost',
              value: <span className="figure">{money(price, segments)}</span>,
              note: `${money(price, segments * 1000)} for 1,000 people`,
            }
          : {
              label: 'For 1,000 people',
              value: <span className="figure">{formatNumber(segments * 1000)}</span>,
              note: 'parts',
            },
      ]}
    />
  );
}

interface SuggestionsProps {
  /** As one person would receive it. */
  text: string;
  nonGsm: string[];
  onReplace: ((pairs: { from: string; to: string }[]) => void) | null;
}

/** Which characters make the text dearer, and what to write in their place. */
export function SmsSuggestions({ text, nonGsm, onReplace }: SuggestionsProps) {
  if (nonGsm.length === 0) return null;
  const pairs = suggestGsm(text);
  const shown = nonGsm.slice(0, 8).map((char) => `“${char}”`);
  if (pairs.length === 0) {
    return (
      <Notice title={`${shown.join(' ')} ${nonGsm.length === 1 ? 'needs' : 'need'} the large alphabet`}>
        A message holds 70 characters instead of 160 while it is there, and nothing in the small alphabet looks like it.
      </Notice>
    );
  }
  return (
    <Notice
      tone="attention"
      title={`${shown.join(' ')} ${nonGsm.length === 1 ? 'makes' : 'make'} this text dearer`}
      actions={
        onReplace && (
          <Button size="sm" onClick={() => onReplace(pairs)}>
            Replace
          </Button>
        )
      }
    >
      {pairs.map(({ from, to }) => `${from} → ${to === '' ? 'nothing' : to === ' ' ? 'a space' : to}`).join(', ')}. Then
      160 characters fit instead of 70.
    </Notice>
  );
}
