'use client';

import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import { useBuilder } from './builder-context';

/** While a version of it recurs, what is changed here is not what goes out; said where it is changed. */
export function ActiveNotice() {
  const { campaignId, recurrence } = useBuilder();
  if (recurrence?.status !== 'active') return null;
  return (
    <Notice
      title={
        <>
          It recurs as it was activated <RelativeTime at={recurrence.activatedAt} show="exact" />
        </>
      }
      actions={
        <LinkButton size="sm" href={`/campaigns/${campaignId}/occurrences`}>
          See what comes
        </LinkButton>
      }
    >
      {recurrence.words}. What you change on this page counts from the next activation.
    </Notice>
  );
}
