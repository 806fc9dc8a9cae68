type Data = Record<string, unknown>;

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const number = (value: unknown) => (typeof value === 'number' ? value.toLocaleString('en') : null);
const because = (data: Data) => {
  const reason = text(data.reason) ?? text(data.why);
  return reason && !/by hand\.$/.test(reason) ? `: ${reason}` : '';
};

const WORDS: Record<string, (data: Data) => string> = {
  'run.launched': (data) =>
    text(data.rerunOf) ? 'started this as a repetition of an earlier run' : 'launched the run',
  'run.missed': () => 'held it back: its time had passed while nothing ran',
  'run.queued': () => 'worked out the audience and queued the first messages',
  'run.paused': (data) => `paused it${because(data)}`,
  'run.resumed': (data) => `let it go on${because(data)}`,
  'run.cancelled': (data) => `cancelled it${because(data)}`,
  'run.completed': () => 'completed it: every delivery of every step has its outcome',
  'run.failed': (data) => `gave up starting it${because(data)}`,
  'run.wave_released': (data) => `released wave ${number(data.wave) ?? ''} ahead of its time`,
  'run.rate_changed': (data) =>
    number(data.maxPerSecond)
      ? `set the rate to at most ${number(data.maxPerSecond)} a second`
      : 'lifted the limit of the rate',
  'run.retried': (data) =>
    `queued ${number(data.queued) ?? ''} failed deliveries again${text(data.cause) ? ` (${text(data.cause)})` : ''}`,
  'run.rerun': () => 'started a new run from this one',
  'run.certified': (data) => `took a certificate, ledger ${text(data.ledgerSha256)?.slice(0, 12) ?? ''}…`,
  'run.exported': (data) => `exported ${text(data.state) ?? 'all'} deliveries as CSV`,
  'delivery.assumed_sent': (data) => `treated ${text(data.delivery) ?? 'a delivery'} as sent${because(data)}`,
  'delivery.sent_again': (data) => `sent ${text(data.delivery) ?? 'a delivery'} again${because(data)}`,
};

/** An entry of a run’s trail as the rest of a sentence that begins with who did it. */
export function trailWords(action: string, data: Data): string {
  return WORDS[action]?.(data) ?? action.replace(/[._]/g, ' ');
}

/** Who did it, as the beginning of that sentence. */
export function trailActor(actor: { type: string; name: string }): string {
  return actor.type === 'system' ? 'Waybill' : actor.name;
}
