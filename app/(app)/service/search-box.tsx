'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react';
import { Input, InputGroup } from '@/components/ui/input';

const TYPING_PAUSE_MS = 180;

/** The one box of the desk; what was typed stands in the address. */
export function SearchBox({ q }: { q: string }) {
  const router = useRouter();
  const [text, setText] = useState(q);
  const [pending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function find(wanted: string) {
    clearTimeout(timer.current);
    const query = wanted.trim();
    startTransition(() => router.replace(query ? `/service?${new URLSearchParams({ q: query })}` : '/service'));
  }

  function type(value: string) {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => find(value), TYPING_PAUSE_MS);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    find(text);
  }

  return (
    <search aria-busy={pending}>
      <form action="/service" onSubmit={submit} className="max-w-2xl">
        <InputGroup before={<Search />} className="h-12 [&_input]:text-base">
          <Input
            type="search"
            name="q"
            aria-label="Find a customer"
            placeholder="Phone, email, customer number or name"
            autoComplete="off"
            autoFocus
            value={text}
            onChange={(event) => type(event.target.value)}
          />
        </InputGroup>
      </form>
    </search>
  );
}
