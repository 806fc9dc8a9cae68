import { RelativeTime } from '@/components/ui/relative-time';
import type { Sentence as Parts } from '@/lib/domain/service-history';

function keyed(parts: Parts): { key: string; part: Parts[number] }[] {
  return parts.map((part, place) => ({ key: `${place}`, part }));
}

/** A sentence of the answer: names stand out, moments are told in the reader's zone. */
export function Sentence({ parts }: { parts: Parts }) {
  return (
    <>
      {keyed(parts).map(({ key, part }) => {
        if (typeof part === 'string') return <span key={key}>{part}</span>;
        if ('name' in part) {
          return (
            <span key={key} className="font-medium">
              {part.name}
            </span>
          );
        }
        return <RelativeTime key={key} at={part.at} show="exact" className="text-ink-soft" />;
      })}
    </>
  );
}
