import type { Fact } from '@/components/ui/facts';
import { formatNumber, formatShare, Num } from '@/components/ui/number';
import { addOutcomes, bounced, type OutcomeCounts, opened } from '@/lib/domain/outcome-counts';

/** The head of a report: every share is of the messages that providers took, of opens and clicks of the emails among them. */
export function outcomeFacts(
  runs: (OutcomeCounts & { sent: number; emails: number; failed: number; inDoubt: number })[],
): Fact[] {
  const sum = addOutcomes(...runs);
  const sent = runs.reduce((total, run) => total + run.sent, 0);
  const failed = runs.reduce((total, run) => total + run.failed, 0);
  const inDoubt = runs.reduce((total, run) => total + run.inDoubt, 0);
  const emails = runs.reduce((total, run) => total + run.emails, 0);
  const ofEmails = (n: number) => (emails === 0 ? 'no emails' : `${formatShare(n, emails)} of emails`);
  const share = (n: number) => (sent === 0 ? undefined : `${formatShare(n, sent)} of accepted`);
  return [
    {
      label: 'Accepted',
      value: <Num value={sent} />,
      note: `${formatNumber(failed)} failed${inDoubt > 0 ? `, ${formatNumber(inDoubt)} in doubt` : ''}`,
    },
    { label: 'Delivered', value: <Num value={sum.delivered} />, note: share(sum.delivered) },
    { label: 'Bounced', value: <Num value={bounced(sum)} />, note: share(bounced(sum)) },
    {
      label: 'Opened',
      value: <Num value={opened(sum)} />,
      note: `${ofEmails(opened(sum))}; ${formatNumber(sum.openedByMachines)} by machines`,
    },
    { label: 'Clicked', value: <Num value={sum.clicked} />, note: ofEmails(sum.clicked) },
    {
      label: 'Unsubscribed',
      value: <Num value={sum.unsubscribed} />,
      note: `${formatNumber(sum.complained)} marked as spam`,
    },
  ];
}
