import { FileText, MessageSquareText } from 'lucide-react';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Thumbnail } from '@/components/preview/thumbnail';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { listStarters } from '@/lib/features/templates/list-templates';
import { StartCard } from './start-card';

export const metadata: Metadata = { title: 'New template' };

export default async function NewTemplatePage() {
  await requirePermission('campaigns.write');
  return (
    <>
      <PageHeader
        title="New template"
        trail={[{ label: 'Templates', href: '/templates' }]}
        description="Begin with something finished and change it, or with an empty sheet. Everything can be changed later."
      />
      <ul aria-label="What to begin with" className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
        <StartCard
          input={{ channel: 'email', name: 'Untitled email' }}
          title="Blank email"
          description="A text and a footer."
          picture={<Sheet icon={<FileText className="size-8" />} />}
        />
        <StartCard
          input={{ channel: 'sms', name: 'Untitled text message' }}
          title="Text message"
          description="Its parts and their cost, counted as you write."
          picture={<Sheet icon={<MessageSquareText className="size-8" />} />}
        />
        {listStarters().map(({ id, name, description }) => (
          <StartCard
            key={id}
            input={{ channel: 'email', name, starterId: id }}
            title={name}
            description={description}
            picture={
              <Thumbnail
                src={`/api/v1/templates/starters/${id}/document`}
                className="aspect-[4/3] border-rule border-b"
              />
            }
          />
        ))}
      </ul>
    </>
  );
}

function Sheet({ icon }: { icon: ReactNode }) {
  return (
    <span
      aria-hidden="true"
      className="grid aspect-[4/3] w-full place-items-center border-rule border-b bg-well text-ink-faint"
    >
      {icon}
    </span>
  );
}
