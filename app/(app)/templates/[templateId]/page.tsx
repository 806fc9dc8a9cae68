import type { Metadata } from 'next';
import { EmailEditor } from '@/components/templates/email-editor';
import { SmsEditor } from '@/components/templates/sms-editor';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { listSenders } from '@/lib/features/senders/list-senders';
import { getTemplate } from '@/lib/features/templates/get-template';
import { listMergeFields } from '@/lib/features/templates/list-merge-fields';
import { getWorkspace } from '@/lib/features/workspaces/get-workspace';
import { orNotFound } from '@/lib/http/or-not-found';
import { TemplateMenuButton } from '../template-menu-button';

interface Props {
  params: Promise<{ templateId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const ctx = await requirePermission('campaigns.read');
  const { name } = await orNotFound(getTemplate(ctx, (await params).templateId));
  return { title: name };
}

export default async function TemplatePage({ params }: Props) {
  const ctx = await requirePermission('campaigns.read');
  const { templateId } = await params;
  const template = await orNotFound(getTemplate(ctx, templateId));
  const [fields, workspace, senders] = await Promise.all([listMergeFields(ctx), getWorkspace(ctx), listSenders(ctx)]);
  const isArchived = template.archivedAt !== null;
  const mayWrite = may(ctx, 'campaigns.write');
  const { id, name, revision } = template;
  const shared = {
    fields,
    isReadOnly: !mayWrite || isArchived,
    maySeeContacts: may(ctx, 'contacts.read'),
    menu: mayWrite && <TemplateMenuButton id={id} name={name} isArchived={isArchived} leaveTo="/templates" />,
  };
  if (template.channel === 'email') {
    return (
      <EmailEditor
        {...shared}
        key={`${id}${isArchived}`}
        template={{ id, name, revision, isArchived, content: template.content }}
        maySeeSettings={may(ctx, 'workspace.manage')}
      />
    );
  }
  return (
    <SmsEditor
      {...shared}
      key={`${id}${isArchived}`}
      template={{ id, name, revision, isArchived, content: template.content }}
      price={workspace.settings.smsPrice ?? null}
      from={senders.find(({ channel }) => channel === 'sms')?.address ?? workspace.name}
    />
  );
}
