import type { Fact } from '@/components/ui/facts';
import { formatNumber, formatShare, Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import type { Fact as Outcome } from '@/lib/domain/outcome';
import { addOutcomes, bounced, type OutcomeCounts, opened } from '@/lib/domain/outcome-counts';

/** The rows behind one number of the head; none where there is nobody. */
type Behind = 'accepted' | 'failed' | 'in_doubt' | 'by_machines' | Outcome;
type HrefOf = (what: Behind) => string | undefined;

/** The head of a report: every share is of the messages that providers took, of opens and clicks of the emails among them. */
export function outcomeFacts(
  runs: (OutcomeCounts & { sent: number; emails: number; failed: number; inDoubt: number })[],
  hrefOf: HrefOf,
): Fact[] {
  const sum = addOutcomes(...runs);
  const sent = runs.reduce((total, run) => total + run.sent, 0);
  const failed = runs.reduce((total, run) => total + run.failed, 0);
  const inDoubt = runs.reduce((total, run) => total + run.inDoubt, 0);
  const emails = runs.reduce((total, run) => total + run.emails, 0);
  const ofEmails = (n: number) => (emails === 0 ? 'no emails' : `${formatShare(n, emails)} of emails`);
  const share = (n: number) => (sent === 0 ? undefined : `${formatShare(n, sent)} of accepted`);
  const behind = (what: Behind, n: number) => (n > 0 ? hrefOf(what) : undefined);
  const linked = (what: Behind, n: number) => (
    <NumberLink href={behind(what, n)}>
      <Num value={n} />
    </NumberLink>
  );
  const noted = (what: Behind, n: number, word: string) => (
    <NumberLink href={behind(what, n)}>
      {formatNumber(n)} {word}
    </NumberLink>
  );
  return [
    {
      label: 'Accepted',
      value: linked('accepted', sent),
      note: (
        <>
          {noted('failed', failed, 'failed')}
          {inDoubt > 0 && <>, {noted('in_doubt', inDoubt, 'in doubt')}</>}
        </>
      ),
    },
    { label: 'Delivered', value: linked('delivered', sum.delivered), note: share(sum.delivered) },
    { label: 'Bounced', value: linked('bounced', bounced(sum)), note: share(bounced(sum)) },
    {
      label: 'Opened',
      value: linked('opened', opened(sum)),
      note: (
        <>
          {ofEmails(opened(sum))}; {noted('by_machines', sum.openedByMachines, 'by machines')}
        </>
      ),
    },
    { label: 'Clicked', value: linked('clicked', sum.clicked), note: ofEmails(sum.clicked) },
    {
      label: 'Unsubscribed',
      value: linked('unsubscribed', sum.unsubscribed),
      note: noted('complained', sum.complained, 'marked as spam'),
    },
  ];
}
