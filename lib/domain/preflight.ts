import type { FlowStep, Policy } from './campaign';
import { endOfWork, hoursOf, type WorkspaceHours } from './send-hours';
import { waitMsOf } from './wait-time';

/** Critical stops the launch; a warning must be accepted by name; a note is only told. */
export type FindingLevel = 'critical' | 'warning' | 'note';

export interface Finding {
  level: FindingLevel;
  /** Stable while the fact is the same: what a person accepts is this. */
  code: string;
  /** One sentence without a full stop that can stand beside a checkbox. */
  title: string;
  /** What it means and what to do. */
  detail?: string;
  /** People it concerns. */
  contacts?: number;
  fix?: { label: string; href: string };
}

export type LinkProblem = 'not_a_link' | 'not_https' | 'own_machine' | 'placeholder';

export const LINK_PROBLEM_WORDS: Record<LinkProblem, string> = {
  not_a_link: 'is not an address that can be opened',
  not_https: 'is not encrypted (http); many mail programs warn of it',
  own_machine: 'leads to a computer that only we can reach',
  placeholder: 'leads to an example address',
};

const OWN_MACHINE =
  /^(?:localhost|.*\.(?:localhost|local|internal|lan|home|corp)|127\.[\d.]+|0\.0\.0\.0|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+|\[::1?\]|\[f[cde][\da-f:]*\])$/i;
// RFC 2606 keeps these for examples; nothing will ever answer there
const PLACEHOLDER = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid)$/i;

/** What is wrong with a finished link, looked at without opening it; null when nothing is. */
export function checkLink(url: string): LinkProblem | null {
  const text = url.trim();
  if (/^mailto:[^\s@]+@[^\s@]+\.[^\s@]+$/i.test(text) || /^tel:\+?[\d().\s-]{3,}$/i.test(text)) return null;
  if (!URL.canParse(text)) return 'not_a_link';
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'not_a_link';
  if (OWN_MACHINE.test(hostname)) return 'own_machine';
  if (PLACEHOLDER.test(hostname)) return 'placeholder';
  if (!hostname.includes('.') && !hostname.startsWith('[')) return 'not_a_link';
  return protocol === 'http:' ? 'not_https' : null;
}

/** The web addresses in a plain text, as phones make them tappable: with a scheme, or a host and a path. */
export function linksIn(text: string): string[] {
  const found =
    text.match(/\bhttps?:\/\/[^\s<>"']+|\b(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}\/[^\s<>"']*/gi) ?? [];
  const whole = found
    .map((link) => link.replace(/[.,;:!?)\]]+$/, ''))
    .map((link) => (/^https?:/i.test(link) ? link : `https://${link}`));
  return [...new Set(whole)];
}

export interface FinishInput {
  flow: readonly FlowStep[];
  policy: Policy;
  audience: number;
  /** Messages per second each message step's provider account allows, by step id; null without a limit. */
  accounts: Readonly<Record<string, { accountId: string; maxPerSecond: number | null }>>;
  startAtMs: number;
  /** What the workspace keeps to, and its clock, by which the time is estimated for everybody. */
  hours?: { workspace: WorkspaceHours | undefined; timeZone: string };
}

export interface FinishTime {
  waves: number;
  /** Messages of all steps, if everybody goes through all of them. */
  messages: number;
  /** From start to the last message. Null when a person releases the waves. */
  totalMs: number | null;
  /** Part of it that is waiting by design: wave intervals, wait steps, and hours in which nothing may leave. */
  waitingMs: number;
  /** The slowest limit, which decides; null when nothing limits the rate. */
  limit: { perSecond: number; by: 'campaign' | 'provider' } | null;
}

/** The same way through the flow with nights in it; null where no step keeps to hours. Later steps keep up with the first. */
function totalWithNights({ flow, policy, hours, startAtMs }: FinishInput, firstStepMs: number): number | null {
  if (!hours) return null;
  let atMs = startAtMs;
  let leftMs = firstStepMs;
  let isHeld = false;
  for (const step of flow) {
    if (step.kind === 'wait') atMs += waitMsOf([step], atMs);
    if (step.kind !== 'email' && step.kind !== 'sms') continue;
    const own = hoursOf(step.kind, policy.hours, hours.workspace);
    isHeld ||= own !== null;
    atMs = endOfWork(own, [hours.timeZone], atMs, leftMs);
    leftMs = 0;
  }
  return isHeld ? atMs - startAtMs : null;
}

/** When the last message can be out at the earliest, given the wave plan, the rate limits and the hours. */
export function finishTime(input: FinishInput): FinishTime {
  const { flow, policy, audience, accounts, startAtMs } = input;
  const waves = audience === 0 ? 0 : Math.ceil(audience / (policy.waveSize ?? audience));
  const messageSteps = flow.filter((step) => step.kind === 'email' || step.kind === 'sms');
  const messages = messageSteps.length * audience;
  const perAccount = new Map<string, { n: number; maxPerSecond: number | null }>();
  for (const step of messageSteps) {
    const account = accounts[step.id];
    if (!account) continue;
    const known = perAccount.get(account.accountId);
    perAccount.set(account.accountId, { n: (known?.n ?? 0) + audience, maxPerSecond: account.maxPerSecond });
  }
  const limits: { ms: number; perSecond: number; by: 'campaign' | 'provider' }[] = [];
  for (const { n, maxPerSecond } of perAccount.values()) {
    if (maxPerSecond) limits.push({ ms: (n / maxPerSecond) * 1000, perSecond: maxPerSecond, by: 'provider' });
  }
  if (policy.maxPerSecond)
    limits.push({ ms: (messages / policy.maxPerSecond) * 1000, perSecond: policy.maxPerSecond, by: 'campaign' });
  const slowest = limits.sort((a, b) => b.ms - a.ms)[0];
  const sendingMs = slowest?.ms ?? 0;
  const spreadMs = Math.max(0, waves - 1) * policy.waveIntervalMs;
  const waitMs = waitMsOf(flow, startAtMs);
  const isManual = policy.waveGate === 'manual' && waves > 1;
  const wavesMs = waves > 0 ? Math.max(sendingMs, spreadMs + sendingMs / waves) : 0;
  const withNights = waves > 0 ? totalWithNights(input, wavesMs) : null;
  return {
    waves,
    messages,
    totalMs: isManual ? null : Math.round(withNights ?? wavesMs + waitMs),
    waitingMs: Math.max(spreadMs + waitMs, Math.round((withNights ?? 0) - sendingMs)),
    limit: slowest ? { perSecond: slowest.perSecond, by: slowest.by } : null,
  };
}

const FREE_MAIL =
  /^(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|aol|gmx|web|proton|protonmail|zoho|qq|163|126|naver)\.[a-z.]{2,6}$/i;

/** Whether a domain belongs to a mail service whose DMARC rule makes others reject what anybody else sends in its name. */
export function isFreeMailDomain(domain: string): boolean {
  return FREE_MAIL.test(domain);
}

export function isPlaceholderDomain(domain: string): boolean {
  return PLACEHOLDER.test(domain);
}

/** Whether every finding that needs a person's word has it, and nothing stops the launch. */
export function mayLaunch(findings: readonly Finding[], accepted: readonly string[]): boolean {
  return findings.every(({ level, code }) => level === 'note' || (level === 'warning' && accepted.includes(code)));
}
