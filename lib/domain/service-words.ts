import { REASON_LABELS, type SkipReason } from './delivery';
import { explainCause } from './error-words';
import type {
  Channel,
  HistoryLine,
  MessageLine,
  Part,
  Planned,
  Sentence,
  SourceReason,
  StepLine,
} from './service-history';

export const CHANNEL_NAMES: Record<Channel, string> = { email: 'Email', sms: 'SMS' };

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function isReason(reason: string): reason is SkipReason {
  return Object.hasOwn(REASON_LABELS, reason);
}

/** A reason to leave somebody out, to stand after a colon. */
export function reasonWords(reason: string): string {
  return isReason(reason) ? lower(REASON_LABELS[reason]) : 'left out when their turn came';
}

const VIA: Record<string, string> = {
  one_click: 'with the unsubscribe button of the mail program',
  unsubscribe_page: 'on the unsubscribe page',
  preference_page: 'on the preference page',
  complaint: 'by marking a message as spam',
  provider: 'at the provider',
};

/** Where a wish came in, to stand after the verb. */
export function viaWords(via: string | null): string {
  if (!via) return '';
  return ` ${VIA[via] ?? (via.startsWith('service desk') ? `through the ${via}` : `by ${via}`)}`;
}

function optOutWords(optOut: { at: string; via: string | null } | null): Sentence {
  return optOut ? [' on ', { at: optOut.at }, viaWords(optOut.via)] : [];
}

const OPTED_OUT = new Set(['global_opt_out', 'unsubscribed_from_list']);

/** Why somebody was or will be left out, with the opt-out behind it. */
export function leftOutReason(reason: string, optOut: { at: string; via: string | null } | null): Sentence {
  return [reasonWords(reason), ...(OPTED_OUT.has(reason) ? optOutWords(optOut) : [])];
}

function byWhom(by: 'person' | 'machine' | null): string {
  return by === 'machine' ? ' (probably by a machine)' : '';
}

function sinceThen(line: MessageLine): Sentence {
  const parts: Sentence = [];
  const add = (words: string, at: string | null, after = '') => {
    if (at) parts.push(`, ${words} `, { at }, ...(after ? [after] : []));
  };
  add('delivered', line.deliveredAt);
  add('opened', line.openedAt, byWhom(line.openedBy));
  add('clicked', line.clickedAt, byWhom(line.clickedBy));
  add(line.bounceType === 'soft' ? 'came back for now' : 'came back: the address does not take mail,', line.bouncedAt);
  add('marked as spam', line.complainedAt);
  return parts;
}

function messageSentence(line: MessageLine): Sentence {
  const again = line.resendOf ? ', sent again,' : '';
  const what: Sentence = [`${CHANNEL_NAMES[line.channel]} `, { name: line.campaign }, again];
  const { state, error } = line;
  if (state === 'accepted') {
    const assumed = line.resolution?.startsWith('assumed') ? ' is taken as sent since ' : ' accepted ';
    return [...what, assumed, { at: line.at }, ...sinceThen(line), '.'];
  }
  if (state === 'in_doubt' || state === 'superseded') {
    const cause = explainCause('in_doubt', error?.code ?? '').what;
    const then = state === 'superseded' ? ' It was sent again.' : ' Somebody who controls runs decides about it.';
    return [...what, ' may or may not have been sent on ', { at: line.at }, `: ${cause}.${then}`];
  }
  if (state === 'failed') {
    const cause = explainCause('failed', `${error?.class ?? ''}:${error?.code ?? ''}`).what;
    return [...what, ` failed: ${cause}.`];
  }
  if (state === 'skipped') return [...what, ` was not sent: ${reasonWords(line.skipReason ?? '')}.`];
  if (state === 'expired') return [...what, ' was not sent: its turn came after the time the run may send.'];
  return [...what, ` was not sent: the run was ${state}.`];
}

const WISHES: Record<string, string> = {
  'email.unsubscribed': 'Unsubscribed from email',
  'sms.unsubscribed': 'Unsubscribed from SMS',
  'email.resubscribed': 'Takes email again',
  'sms.resubscribed': 'Takes SMS again',
  'email.consent_granted': 'Gave consent to email',
  'sms.consent_granted': 'Gave consent to SMS',
  'email.consent_revoked': 'Took back consent to email',
  'sms.consent_revoked': 'Took back consent to SMS',
  'email.consent_unknown': 'Consent to email set to unknown',
  'sms.consent_unknown': 'Consent to SMS set to unknown',
  'preferences.changed': 'Chose which lists to be on',
};

/** A line of history as one sentence. */
export function historySentence(line: HistoryLine): Sentence {
  switch (line.kind) {
    case 'message':
      return messageSentence(line);
    case 'left_out':
      return ['Was left out of ', { name: line.campaign }, ': ', ...leftOutReason(line.reason, line.optOut), '.'];
    case 'cancelled':
      return [{ name: line.campaign }, ' was cancelled before it was this customer’s turn.'];
    case 'wish': {
      const after: Sentence = line.campaign ? [', after ', { name: line.campaign }] : [];
      const what = WISHES[line.type] ?? line.type.replace(/[._]/g, ' ');
      return [what, viaWords(line.via), ...after, '.', ...(line.note ? [` “${line.note}”`] : [])];
    }
    case 'note':
      return [`${line.by} noted: ${line.text}`];
    case 'act':
      return [
        `${line.by} had the ${CHANNEL_NAMES[line.channel] === 'SMS' ? 'SMS' : 'email'} `,
        { name: line.campaign },
        ` sent again: ${lower(line.reason)}.`,
        ...(line.note ? [` “${line.note}”`] : []),
      ];
  }
}

function waitWords(waits: NonNullable<StepLine['waits']>): Sentence {
  if (waits.why === 'unwanted') return ['will be skipped when its turn comes: opted out'];
  if (waits.why === 'paused') return ['waits because the run is paused'];
  if (waits.why === 'wave') return [`waits for wave ${waits.wave ?? 1} to be released`];
  if (waits.why === 'hours' && waits.until && waits.opens) {
    const where = waits.opens.whose === 'contact' ? ' where the customer is' : '';
    return [`waits until ${waits.opens.at}${where} (`, { at: waits.until }, ')'];
  }
  if (waits.why === 'too_late' && waits.until) {
    return ['will not be sent: the run gives up ', { at: waits.until }, ', before the hours in which it may go'];
  }
  if (waits.why === 'time' && waits.until) return ['waits until ', { at: waits.until }];
  return ['is about to be sent'];
}

/** How far somebody has come in one step of a run that is under way. */
export function stepSentence(step: StepLine): Sentence {
  const what: Part = { name: step.name };
  const when: Sentence = step.at ? [' ', { at: step.at }] : [];
  switch (step.state) {
    case 'ahead':
      return [what, ' comes after that'];
    case 'queued':
      return [what, ' ', ...(step.waits ? waitWords(step.waits) : ['is about to be sent'])];
    case 'accepted':
      return [what, { record: ' recorded', condition: ' held' }[step.kind as string] ?? ' accepted', ...when];
    case 'failed':
      return [
        what,
        ` failed: ${explainCause('failed', `${step.error?.class ?? ''}:${step.error?.code ?? ''}`).what}`,
        ...when,
      ];
    case 'skipped':
      return [what, ` was skipped: ${reasonWords(step.skipReason ?? '')}`];
    case 'in_doubt':
    case 'superseded':
      return [what, ' may or may not have been sent', ...when];
    default:
      return [what, ` ${step.state}`, ...when];
  }
}

function sourceWords(source: SourceReason, isIn: boolean): string {
  const name = source.kind === 'everyone' ? 'everybody is addressed' : `${source.kind} “${source.name}”`;
  const why = source.because.length > 0 ? ` (${source.because.join('; ')})` : '';
  if (source.kind === 'everyone') return name;
  return `${isIn ? (source.kind === 'list' ? 'on the ' : 'in the ') : 'in the excluded '}${name}${why}`;
}

function whenWords({ at, also, event }: Planned): Sentence {
  if (event !== null) return [` when “${event}” happens`];
  if (at === null) return [];
  const again = also.flatMap((later, i): Sentence => [i === also.length - 1 ? ' and ' : ', ', { at: later }]);
  return [' on ', { at }, ...again];
}

/** What a planned run will do for somebody, and why, as things stand now. */
export function plannedSentence(planned: Planned): Sentence {
  const when = whenWords(planned);
  const how = [...new Set(planned.messages)].map((channel) => (channel === 'sms' ? 'SMS' : 'email')).join(' and ');
  const name: Part = { name: planned.campaign };
  const held = planned.paused ? '; it is on hold at the moment' : '';
  if (planned.verdict === 'not_addressed') {
    return [name, ...when, ' does not address this customer: on none of its lists, in none of its segments.'];
  }
  const why = planned.sources.map((source) => sourceWords(source, planned.reason !== 'exclude_list')).join(', ');
  if (planned.verdict === 'will_receive') {
    return ['Will receive ', name, ...(how ? [` by ${how}`] : []), ...when, `: ${why}${held}.`];
  }
  const reason = leftOutReason(planned.reason ?? '', planned.optOut);
  const more = planned.reason === 'exclude_list' && why ? [`, ${why}`] : [];
  return ['Will be left out of ', name, ...when, ': ', ...reason, ...more, `${held}.`];
}

/** A sentence as plain text, its moments as `format` writes them. */
export function sentenceText(sentence: Sentence, format: (at: string) => string): string {
  return sentence
    .map((part) => (typeof part === 'string' ? part : 'name' in part ? part.name : format(part.at)))
    .join('');
}
