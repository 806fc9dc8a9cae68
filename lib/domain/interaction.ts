import { REASON_LABELS, type SkipReason } from './delivery';

/** One line of a contact's history as it is stored. */
export interface InteractionFacts {
  /** Channel and what happened, such as `email.accepted` or `sms.unsubscribed`. */
  type: string;
  campaignName: string | null;
  data: Record<string, unknown> | null;
}

/** The line in words. `before` and `after` stand around the name of the campaign, where there is one. */
export interface InteractionWords {
  before: string;
  after: string;
  /** What the provider or the person said, or why. */
  detail: string | null;
  tone: 'accepted' | 'failed' | 'doubt' | 'skipped' | 'wish' | 'neutral';
}

const CHANNELS: Readonly<Record<string, string>> = { email: 'Email', sms: 'SMS', record: 'Record' };

const VIA: Readonly<Record<string, string>> = {
  one_click: 'with the mail program’s unsubscribe button',
  unsubscribe_page: 'on the unsubscribe page',
  preference_page: 'on the preference page',
  reply: 'by answering with a stop word',
  provider: 'at the provider',
  complaint: 'by marking a message as spam',
  import: 'in an imported file',
  phone_call: 'on the phone',
  in_person: 'in person',
  letter: 'by letter or form',
  email_reply: 'by email',
  dashboard: '(entered by a colleague)',
  service: '(told to customer service)',
  service_desk: '(told to customer service)',
  api: 'over the API',
};

function textOf(data: Record<string, unknown> | null, key: string): string | null {
  const value = data?.[key];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Where a wish or a consent came from, in words: `on the preference page`. */
export function sourceWords(source: string): string {
  return VIA[source] ?? `by ${source.replaceAll('_', ' ')}`;
}

function reasonWords(data: InteractionFacts['data']): string | null {
  const reason = textOf(data, 'reason');
  return reason && reason in REASON_LABELS ? REASON_LABELS[reason as SkipReason] : reason;
}

function providerText(data: InteractionFacts['data']): string | null {
  const text = textOf(data, 'text');
  const code = textOf(data, 'code');
  return text && code && !text.includes(code) ? `${code}: ${text}` : (text ?? code);
}

function wish(channel: string, data: InteractionFacts['data'], verb: string): InteractionWords {
  const via = textOf(data, 'via') ?? textOf(data, 'source');
  const where = via ? ` ${sourceWords(via)}` : '';
  return { before: `${verb} ${channel}${where}`, after: '', detail: textOf(data, 'text'), tone: 'wish' };
}

function messageWords(
  channel: string,
  what: string,
  data: InteractionFacts['data'],
): Omit<InteractionWords, 'before'> | null {
  const said = providerText(data);
  switch (what) {
    case 'accepted':
      return textOf(data, 'evidence')
        ? { after: 'turned out to have been sent', detail: said, tone: 'accepted' }
        : { after: 'was sent', detail: null, tone: 'accepted' };
    case 'delivered':
      return {
        after: channel === 'sms' ? 'arrived on the phone' : 'arrived in the mailbox',
        detail: null,
        tone: 'accepted',
      };
    case 'opened':
      return { after: 'was opened', detail: null, tone: 'accepted' };
    case 'clicked':
      return { after: 'was clicked', detail: null, tone: 'accepted' };
    case 'failed':
      return { after: 'was not sent', detail: said, tone: 'failed' };
    case 'in_doubt':
      return { after: 'may or may not have been sent', detail: said, tone: 'doubt' };
    case 'skipped':
      return { after: 'was left out', detail: reasonWords(data), tone: 'skipped' };
    case 'cancelled':
      return { after: 'was cancelled before it was sent', detail: null, tone: 'skipped' };
    case 'expired':
      return { after: 'was not sent in time and will not be', detail: null, tone: 'skipped' };
    case 'bounced': {
      const isHard = textOf(data, 'bounceType') === 'hard';
      const after = isHard ? 'came back: the address does not take mail' : 'came back for now';
      return { after, detail: said, tone: 'failed' };
    }
    case 'complained':
      return { after: 'was marked as spam', detail: said, tone: 'failed' };
    default:
      return null;
  }
}

/** What happened with a contact as a sentence around the campaign's name, for timelines and the service desk. */
export function describeInteraction({ type, campaignName, data }: InteractionFacts): InteractionWords {
  const cut = type.indexOf('.');
  const room = type.slice(0, cut);
  const what = type.slice(cut + 1);
  const channel = CHANNELS[room];
  if (type === 'preferences.changed') {
    const via = textOf(data, 'via');
    const before = `Changed what they want to get${via ? ` ${sourceWords(via)}` : ''}`;
    return { before, after: '', detail: null, tone: 'wish' };
  }
  if (channel) {
    const inSentence = room === 'sms' ? 'SMS' : room;
    if (what === 'unsubscribed') {
      const words = wish(inSentence, data, 'Opted out of');
      return campaignName ? { ...words, before: `${words.before}, after`, after: '' } : words;
    }
    if (what === 'resubscribed') return wish(inSentence, data, 'Wants to get again:');
    if (what === 'consent_granted') return wish(inSentence, data, 'Agreed to');
    if (what === 'consent_revoked') return wish(inSentence, data, 'Took back the consent to');
    if (what === 'consent_unknown') return wish(inSentence, data, 'Consent is unknown again for');
    const words = messageWords(room, what, data);
    if (words) return { before: channel, ...words };
  }
  const plain = type.replace(/[._]/g, ' ').trim();
  const sentence = plain.charAt(0).toUpperCase() + plain.slice(1);
  return { before: sentence, after: '', detail: textOf(data, 'note') ?? textOf(data, 'text'), tone: 'neutral' };
}
