'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readJson } from '@/components/shell/read-json';

const NONE: string[] = [];

/** The values an attribute often has, asked for when somebody is about to type one. */
export function useKnownValues(attribute: string | undefined): { known: string[]; ask: () => void } {
  const [asked, setAsked] = useState(false);
  const { data } = useQuery({
    queryKey: ['attribute-values', attribute],
    enabled: asked && attribute !== undefined,
    staleTime: 300_000,
    retry: false,
    queryFn: ({ signal }) =>
      readJson<{ values: string[] }>(`/api/v1/contacts/attributes/${attribute}/values`, { signal }),
  });
  return { known: data?.values ?? NONE, ask: () => setAsked(true) };
}
