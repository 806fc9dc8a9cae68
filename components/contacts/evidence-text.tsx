import { RelativeTime } from '@/components/ui/relative-time';
import { sourceWords } from '@/lib/domain/interaction';

interface EvidenceTextProps {
  source: string;
  evidence: Record<string, unknown> | null;
  /** When it was recorded. */
  at: string;
}

const LABELS: Readonly<Record<string, string>> = {
  fileName: 'file',
  ip: 'address',
  userAgent: 'program',
  note: 'note',
  how: 'how',
  importId: 'import',
  deliveryId: 'message',
  formUrl: 'form',
};
const HIDDEN = new Set(['via', 'at', 'importId', 'deliveryId']);

/** What proves a subscription or a wish: where it came from, when, and everything that was kept with it. */
export function EvidenceText({ source, evidence, at }: EvidenceTextProps) {
  const details = Object.entries(evidence ?? {}).filter(
    ([key, value]) => !HIDDEN.has(key) && value !== null && value !== '' && typeof value !== 'object',
  );
  const words = sourceWords(source).replace(/^\((.*)\)$/, '$1');
  return (
    <span className="block text-ink-faint text-xs [overflow-wrap:anywhere]">
      {words.charAt(0).toUpperCase() + words.slice(1)}, <RelativeTime at={at} />
      {details.map(([key, value]) => (
        <span key={key} className="line-clamp-2 block">
          {LABELS[key] ?? key.replaceAll('_', ' ')}: {String(value)}
        </span>
      ))}
    </span>
  );
}
