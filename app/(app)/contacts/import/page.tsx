import type { Metadata } from 'next';
import { ImportSteps } from '@/components/imports/import-steps';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { env } from '@/lib/env';
import { Choose } from './choose';

export const metadata: Metadata = { title: 'Import contacts' };

export default async function ImportPage() {
  await requirePermission('contacts.write');
  return (
    <>
      <PageHeader
        title="Import contacts"
        trail={[{ label: 'Contacts', href: '/contacts' }]}
        actions={<LinkButton href="/contacts/imports">Earlier imports</LinkButton>}
      />
      <ImportSteps current={1} />
      <Choose sampleHref={env().WAYBILL_DEMO === '1' ? '/samples/launch-invitees.csv' : undefined} />
    </>
  );
}
