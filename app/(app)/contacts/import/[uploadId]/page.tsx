import type { Metadata } from 'next';
import { ImportSteps } from '@/components/imports/import-steps';
import { LiveData } from '@/components/shell/live-data';
import { ErrorState } from '@/components/ui/error-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import type { Ctx } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { listAttributes } from '@/lib/features/contacts/list-attributes';
import { type Inspection, inspectUpload } from '@/lib/features/imports/inspect-upload';
import { listListNames } from '@/lib/features/lists/list-list-names';
import { getWorkspace } from '@/lib/features/workspaces/get-workspace';
import { orNotFound } from '@/lib/http/or-not-found';
import { countryOptions } from './country-options';
import { Setup } from './setup';

export const metadata: Metadata = { title: 'Import contacts' };

interface Props {
  params: Promise<{ uploadId: string }>;
}

/** The file as it is seen, or the sentence that says why it cannot be imported. */
async function look(ctx: Ctx, uploadId: string): Promise<Inspection | string> {
  try {
    return await inspectUpload(ctx, { uploadId });
  } catch (error) {
    if (error instanceof AppError && (error.code === 'invalid' || error.code === 'precondition')) return error.message;
    throw error;
  }
}

export default async function ImportColumnsPage({ params }: Props) {
  const ctx = await requirePermission('contacts.write');
  const { uploadId } = await params;
  const [file, known, lists, workspace] = await Promise.all([
    orNotFound(look(ctx, uploadId)),
    listAttributes(ctx),
    listListNames(ctx),
    getWorkspace(ctx),
  ]);
  return (
    <>
      <PageHeader title="Import contacts" trail={[{ label: 'Contacts', href: '/contacts' }]} />
      <ImportSteps current={2} hrefs={{ 1: '/contacts/import' }} />
      {typeof file === 'string' ? (
        <ErrorState
          title="This file cannot be imported"
          action={
            <LinkButton variant="primary" href="/contacts/import">
              Choose another file
            </LinkButton>
          }
        >
          {file}
        </ErrorState>
      ) : (
        <LiveData>
          <Setup
            uploadId={uploadId}
            file={file}
            known={known}
            lists={lists.map(({ id, name }) => ({ id, name }))}
            countries={countryOptions()}
            workspaceCountry={workspace.settings.defaultCountry ?? undefined}
          />
        </LiveData>
      )}
    </>
  );
}
