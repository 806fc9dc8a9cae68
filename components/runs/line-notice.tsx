'use client';

import { useZone } from '@/components/ui/clock';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import type { Poll } from './use-poll';

/** Says when the numbers below are no longer live, and why; nothing while they are. */
export function LineNotice({
  line,
  asOfMs,
  signInHref,
}: Pick<Poll<unknown>, 'line' | 'asOfMs'> & { signInHref: string }) {
  const { viewerZone } = useZone();
  if (line === 'up') return null;
  if (line === 'signed_out') {
    return (
      <Notice
        live
        title="You were signed out, so these numbers stand still."
        actions={
          <LinkButton size="sm" href={signInHref}>
            Sign in again
          </LinkButton>
        }
      >
        Sending does not depend on this page.
      </Notice>
    );
  }
  if (line === 'gone') return <Notice live title="This is not there any more, or you may not see it any more." />;
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: viewerZone });
  return (
    <Notice live title="The connection to Waybill is lost.">
      What you see is from {time.format(asOfMs)}. Sending does not depend on this page; it catches up as soon as the
      connection is back.
    </Notice>
  );
}
