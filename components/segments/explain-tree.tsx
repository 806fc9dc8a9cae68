import { Check, X } from 'lucide-react';
import { cn } from '@/components/ui/cn';

/** One condition or group and whether it holds for the contact. */
export interface ExplainedNode {
  sentence: string;
  holds: boolean;
  parts: ExplainedNode[];
}

/** The rule as a tree of sentences, each with its answer for one contact. */
export function ExplainTree({ node }: { node: ExplainedNode }) {
  return (
    <ul className="flex flex-col">
      <Node node={node} />
    </ul>
  );
}

function Node({ node }: { node: ExplainedNode }) {
  const { sentence, holds, parts } = node;
  const Mark = holds ? Check : X;
  return (
    <li>
      <span className="flex items-start gap-2 py-1.5">
        <Mark
          aria-hidden="true"
          strokeWidth={2.5}
          className={cn('mt-0.5 size-4 shrink-0', holds ? 'text-accepted-ink' : 'text-failed-ink')}
        />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span className={cn(parts.length > 0 && 'font-medium')}>{sentence}</span>
          <span className={cn('ml-2 text-xs', holds ? 'text-accepted-ink' : 'text-failed-ink')}>
            {holds ? 'holds' : 'does not hold'}
          </span>
        </span>
      </span>
      {parts.length > 0 && (
        <ul className="ml-[0.4375rem] border-rule-strong border-l pl-4">
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two conditions of a rule may be the same sentence
            <Node key={`${index} ${part.sentence}`} node={part} />
          ))}
        </ul>
      )}
    </li>
  );
}
