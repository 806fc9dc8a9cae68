import { Badge } from '@/components/ui/badge';
import { formatNumber } from '@/components/ui/number';
import type { AttributeType } from '@/lib/domain/attribute';

/** The value of an attribute as a person reads it; what has another type than it should is shown as it is. */
export function AttributeValueText({ type, value }: { type: AttributeType | undefined; value: unknown }) {
  if (value === null || value === undefined || value === '') return <span className="text-ink-faint">–</span>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="text-ink-faint">–</span>;
    return (
      <span className="flex flex-wrap gap-1">
        {value.map((tag) => (
          <Badge key={String(tag)}>{String(tag)}</Badge>
        ))}
      </span>
    );
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') {
    return <span className="figure">{formatNumber(value, 'en', { maximumFractionDigits: 10 })}</span>;
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'date') return <span className="figure">{text}</span>;
  return (
    <span dir="auto" className="[overflow-wrap:anywhere]">
      {text}
    </span>
  );
}
