import { ArrowRight } from 'lucide-react';
import type { CampaignDraft } from '@/lib/domain/campaign';
import type { CampaignChoices } from '@/lib/features/campaigns/campaign-choices';
import { missingIn } from './builder-context';

interface TodoListProps {
  draft: CampaignDraft;
  choices: CampaignChoices;
}

function openThings(draft: CampaignDraft, choices: CampaignChoices): { key: string; says: string; href: string }[] {
  const things = draft.flow.flatMap((step) => {
    const missing = missingIn(step, choices);
    return missing ? [{ key: step.id, says: `${step.name || 'A step'}: ${missing.toLowerCase()}`, href: '#what' }] : [];
  });
  if (!draft.flow.some(({ kind }) => kind !== 'wait'))
    things.unshift({ key: 'flow', says: 'Nothing is sent or recorded yet', href: '#what' });
  if (draft.audience.include.length === 0)
    things.unshift({ key: 'audience', says: 'Nobody is chosen yet', href: '#who' });
  return things;
}

/** What is plainly missing, beside the form; pre-flight looks deeper. */
export function TodoList({ draft, choices }: TodoListProps) {
  const things = openThings(draft, choices);
  if (things.length === 0) return null;
  return (
    <section aria-labelledby="todo-title" className="pt-8">
      <h2 id="todo-title" className="border-attention border-b-2 pb-2 font-semibold text-base">
        Still open
      </h2>
      <ul>
        {things.map(({ key, says, href }) => (
          <li key={key} className="border-rule border-b">
            <a
              href={href}
              className="group flex items-center justify-between gap-3 rounded-xs py-2 text-sm hover:text-link"
            >
              {says}
              <ArrowRight className="size-4 shrink-0 text-ink-faint group-hover:text-link" aria-hidden="true" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
