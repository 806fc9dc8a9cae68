'use client';

import { LoaderCircle } from 'lucide-react';
import { type ReactNode, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { toast } from '@/components/ui/toast';
import { create } from '../actions';

interface StartCardProps {
  input: { channel: 'email' | 'sms'; name: string; starterId?: string };
  title: string;
  description: string;
  picture: ReactNode;
}

/** One way to begin: pressing it makes the template and opens it. */
export function StartCard({ input, title, description, picture }: StartCardProps) {
  const [pending, startTransition] = useTransition();

  function begin() {
    startTransition(async () => {
      const result = await answerOf(create(input));
      if (!result.ok) toast.failed(result.error.message);
    });
  }

  return (
    <li className="relative flex min-w-0 flex-col overflow-hidden rounded-lg border border-rule-strong bg-sheet transition-colors focus-within:border-link hover:border-field">
      {picture}
      <div className="flex items-start gap-2 p-4">
        <span className="min-w-0 grow">
          <button
            type="button"
            disabled={pending}
            aria-busy={pending || undefined}
            onClick={begin}
            className="text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-link focus-visible:after:-outline-offset-2"
          >
            {title}
          </button>
          <span className="block text-ink-soft text-xs">{description}</span>
        </span>
        {pending && <LoaderCircle className="size-4 animate-spin text-ink-faint" aria-hidden="true" />}
      </div>
    </li>
  );
}
