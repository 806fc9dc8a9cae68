import type { Metadata } from 'next';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { listAttributes } from '@/lib/features/contacts/list-attributes';
import { NewContact } from './new-contact';

export const metadata: Metadata = { title: 'New contact' };

export default async function NewContactPage() {
  const ctx = await requirePermission('contacts.write');
  return (
    <>
      <PageHeader
        title="New contact"
        trail={[{ label: 'Contacts', href: '/contacts' }]}
        description="At least an email, a phone or a customer number."
      />
      <NewContact attributes={await listAttributes(ctx)} />
    </>
  );
}
