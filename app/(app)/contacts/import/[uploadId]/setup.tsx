'use client';

import { useRouter } from 'next/navigation';
import type { ComponentProps } from 'react';
import { ImportSetupForm } from '@/components/imports/import-setup-form';
import { answerOf } from '@/components/ui/answer-of';
import { check } from '../actions';

export function Setup(props: Omit<ComponentProps<typeof ImportSetupForm>, 'onCheck'>) {
  const router = useRouter();
  return (
    <ImportSetupForm
      {...props}
      onCheck={async ({ mapping, options, listId }) => {
        const { uploadId } = props;
        const result = await answerOf(check({ uploadId, mapping, options, ...(listId && { listId }) }));
        if (!result.ok) return result.error;
        router.push(`/contacts/import/${uploadId}/check/${result.data.id}`);
      }}
    />
  );
}
