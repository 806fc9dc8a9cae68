'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/section';

const MOST = 4;

const boxesOf = (form: HTMLFormElement) => [...form.querySelectorAll<HTMLInputElement>('input[name=run]')];

/** Holds a box for each run; two to four of them are laid side by side. */
export function CompareForm({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [picked, setPicked] = useState(0);

  function count(event: FormEvent<HTMLFormElement>) {
    const boxes = boxesOf(event.currentTarget);
    const n = boxes.filter(({ checked }) => checked).length;
    for (const box of boxes) box.disabled = n >= MOST && !box.checked;
    setPicked(n);
  }

  function compare(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = boxesOf(event.currentTarget).filter(({ checked }) => checked);
    router.push(`/reports/compare?${new URLSearchParams(chosen.map(({ value }) => ['run', value]))}`);
  }

  return (
    <form action="/reports/compare" onChange={count} onSubmit={compare}>
      <Section
        title="By run"
        description={picked >= MOST ? 'Four is the most that can be compared.' : 'Choose two to four to compare them.'}
        actions={
          <Button type="submit" size="sm" disabled={picked < 2}>
            Compare {picked > 1 ? picked : ''}
          </Button>
        }
      >
        {children}
      </Section>
    </form>
  );
}
