import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { TabLinks } from '@/components/ui/tab-links';
import { env } from '@/lib/env';
import { Charts } from './charts';
import { Controls } from './controls';
import { DesignShell } from './design-shell';
import { Forms } from './forms';
import { Foundations } from './foundations';
import { Overlays } from './overlays';
import { Sheets } from './sheets';
import { States } from './states';
import { Strips } from './strips';

export const metadata: Metadata = { title: 'Design' };

const PARTS = [
  { id: 'strip', title: 'The strip', Part: Strips, why: 'One bar whose segments always sum to the audience.' },
  {
    id: 'foundations',
    title: 'Colour, type, stamps',
    Part: Foundations,
    why: 'Few colours; each always means the same.',
  },
  { id: 'controls', title: 'Controls', Part: Controls, why: 'Buttons say what will happen, with the number.' },
  { id: 'forms', title: 'Forms', Part: Forms, why: 'An error never loses what was typed.' },
  { id: 'sheets', title: 'Tables and sheets', Part: Sheets, why: 'j and k walk the rows, enter opens one.' },
  { id: 'overlays', title: 'Overlays', Part: Overlays, why: 'Escape always leaves everything as it is.' },
  { id: 'charts', title: 'Charts', Part: Charts, why: 'Focus a plot and read it with the arrow keys.' },
  { id: 'states', title: 'Empty, loading, failing', Part: States, why: 'What happened, what was kept, what to do.' },
] as const;

export default async function DesignPage() {
  await connection();
  const { NODE_ENV, WAYBILL_DEMO } = env();
  if (NODE_ENV === 'production' && WAYBILL_DEMO !== '1') notFound();

  return (
    <DesignShell renderedAtMs={Date.now()}>
      <PageHeader title="Design" description="Every part of the interface in every state it can be in." />
      <TabLinks label="Parts" tabs={PARTS.map(({ id, title }) => ({ href: `#${id}`, label: title, current: false }))} />
      <div className="flex flex-col gap-16 pt-10">
        {PARTS.map(({ id, title, why, Part }) => (
          <Section key={id} id={id} title={title} description={why} ruled>
            <Part />
          </Section>
        ))}
      </div>
    </DesignShell>
  );
}
