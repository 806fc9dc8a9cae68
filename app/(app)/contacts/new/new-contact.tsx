'use client';

import { useRouter } from 'next/navigation';
import { ContactForm } from '@/components/contacts/contact-form';
import { answerOf } from '@/components/ui/answer-of';
import { toast } from '@/components/ui/toast';
import type { AttributeDefinition } from '@/lib/domain/attribute';
import { create } from '../actions';

export function NewContact({ attributes }: { attributes: AttributeDefinition[] }) {
  const router = useRouter();

  async function save(fields: Record<string, string>) {
    const result = await answerOf(create(fields));
    if (!result.ok) return result.error;
    toast.done('The contact is added.');
    router.replace(`/contacts/${result.data.id}`);
  }

  return (
    <ContactForm
      className="max-w-2xl"
      attributes={attributes}
      values={{}}
      submit="Add contact"
      onSave={save}
      onCancel={() => router.push('/contacts')}
    />
  );
}
