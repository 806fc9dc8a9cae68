import { renderSystemEmail } from '@/emails/system/render';
import type { ComposedNotice } from '@/lib/domain/notice';

export interface OccurrenceNotice {
  campaignId: string;
  event: 'missed' | 'skipped';
  detail: string;
  name: string;
  plannedAt: string;
  planned: string;
  words: string;
  url: string;
}

const SAID = {
  missed: { title: 'did not start', stamp: 'MISSED', toDo: 'See on the campaign what came of it and what comes next.' },
  skipped: {
    title: 'was left out once',
    stamp: 'LEFT OUT',
    toDo: 'If it should start all the same, run it once from the campaign, or change what happens while one is under way.',
  },
};

/** The alarm about an occurrence of a recurring campaign that had no run. */
export async function composeOccurrenceNotice(
  workspaceName: string,
  notice: OccurrenceNotice,
): Promise<ComposedNotice> {
  const { name, detail, planned, words, url } = notice;
  const { title, stamp, toDo } = SAID[notice.event];
  const email = await renderSystemEmail('alarm', {
    workspaceName,
    title: `${name} ${title}`,
    stamp,
    happened: detail,
    kept: 'The occurrences after it come as planned.',
    toDo,
    facts: [
      { label: 'Planned for', value: planned },
      { label: 'Recurs', value: words },
    ],
    action: { label: 'Open the campaign', url },
  });
  const { campaignId, plannedAt, event } = notice;
  const short = `${name} ${title}. ${detail} ${url}`.slice(0, 600);
  return { ...email, short, data: { campaignId, name, event, plannedAt, detail, url } };
}
