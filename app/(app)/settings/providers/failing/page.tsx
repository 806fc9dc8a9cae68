import type { Metadata } from 'next';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { CodeBlock } from '@/components/ui/code';
import { Setting } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { addFailing } from './actions';
import { FailingForm } from './failing-form';

export const metadata: Metadata = { title: 'A provider that fails on purpose' };

export default async function FailingProviderPage() {
  await requirePermission('providers.manage');
  return (
    <div className="flex flex-col gap-6">
      <Breadcrumb
        trail={[
          { label: 'Providers', href: '/settings/providers' },
          { label: 'Add a provider', href: '/settings/providers/new' },
        ]}
      />
      <Setting
        title="A provider that fails on purpose"
        description="It refuses, stumbles, answers late and hangs up, takes every message down in a ledger of its own, and sends nothing to anybody. Try a campaign against it and compare its books with ours."
      >
        <p className="text-ink-soft">
          It is a process of its own. Start it on the machine Waybill runs on, then say where it answers:
        </p>
        <CodeBlock code="node scripts/run.mjs faulty --plan mild" of="the command" />
        <FailingForm action={addFailing} />
      </Setting>
    </div>
  );
}
