import { listHtml, panelPage, sentenceHtml } from '@/app/embed/panel-page';
import { contactName } from '@/lib/domain/contact-name';
import { escapeHtml } from '@/lib/domain/escape';
import { historySentence, plannedSentence, stepSentence } from '@/lib/domain/service-words';
import { AppError } from '@/lib/errors';
import { type CustomerAnswer, lookUpCustomer } from '@/lib/features/service/look-up-customer';
import { type OpenedEmbed, openEmbedLink } from '@/lib/features/service/open-embed-link';

export const dynamic = 'force-dynamic';

const SHOWN_LINES = 20;

function sentencePage(status: number, title: string, text: string, frameAncestors: readonly string[]): Response {
  return panelPage(status, { title, body: `<p>${escapeHtml(text)}</p>`, frameAncestors });
}

function answerHtml(answer: CustomerAnswer, { timeZone, expiresAt }: Extract<OpenedEmbed, { state: 'open' }>): string {
  const { contact, planned, underWay, history } = answer;
  const who = [contact.externalId, contact.phone, contact.email].flatMap((one) => (one ? [escapeHtml(one)] : []));
  const concerned = planned.filter(({ verdict }) => verdict !== 'not_addressed');
  const going = underWay.map(({ campaign, steps }) => {
    const told = steps
      .filter(({ kind }) => kind === 'email' || kind === 'sms')
      .map((step) => sentenceHtml(stepSentence(step), timeZone));
    return `<b>${escapeHtml(campaign)}</b>: ${told.join('; ')}.`;
  });
  const happened = history.items.map((line) => {
    const sentence = historySentence(line);
    const saysWhen = sentence.some((part) => typeof part === 'object' && 'at' in part && part.at === line.at);
    return sentenceHtml(saysWhen ? sentence : [...sentence, ' ', { at: line.at }], timeZone);
  });
  const nothing = '<p>Nothing happened yet.</p>';
  return [
    `<p>${who.join(' · ')}</p>`,
    listHtml(
      'To come',
      concerned.map((one) => sentenceHtml(plannedSentence(one), timeZone)),
    ),
    listHtml('Under way', going),
    listHtml('What happened', happened) || nothing,
    `<footer>Times in ${escapeHtml(timeZone)}. This panel ends ${sentenceHtml([{ at: expiresAt.toISOString() }], timeZone)}.</footer>`,
  ].join('');
}

/** The answer about one customer for a frame in another system, by a signed link that ends; a look-up like any other. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const opened = await openEmbedLink(token);
  if (opened.state === 'unknown') {
    return sentencePage(404, 'This link is not valid', 'It is incomplete or was changed on its way.', []);
  }
  const { frameAncestors } = opened;
  if (opened.state === 'ended') {
    return sentencePage(410, 'This panel has ended', 'Open the customer anew in your own system.', frameAncestors);
  }
  try {
    const answer = await lookUpCustomer(opened.ctx, { contactId: opened.contactId, limit: SHOWN_LINES, via: 'embed' });
    return panelPage(200, { title: contactName(answer.contact), body: answerHtml(answer, opened), frameAncestors });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return sentencePage(404, 'This customer is not there any more', error.message, frameAncestors);
  }
}
