import { LinkButton, TextLink } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import type { Ctx } from '@/lib/context';
import { getImport } from '@/lib/features/imports/get-import';
import { orNotFound } from '@/lib/http/or-not-found';

interface ScopeNoticeProps {
  ctx: Ctx;
  importId: string | undefined;
  change: 'added' | 'updated' | undefined;
  allHref: string;
}

/** Says that the list shows only the people of one import. */
export async function ScopeNotice({ ctx, importId, change, allHref }: ScopeNoticeProps) {
  if (!importId) return null;
  const { fileName } = await orNotFound(getImport(ctx, { id: importId }));
  return (
    <Notice
      className="mb-4"
      title={
        <>
          Only people whom the import of <TextLink href={`/contacts/imports/${importId}`}>{fileName}</TextLink>{' '}
          {change === 'updated' ? 'changed' : 'added'}
        </>
      }
      actions={
        <LinkButton size="sm" href={allHref}>
          Show everybody
        </LinkButton>
      }
    />
  );
}
