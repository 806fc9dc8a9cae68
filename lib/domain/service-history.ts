import type { DeliveryState } from './delivery';
import type { ErrorClass } from './delivery-error';
import type { RunStatus } from './run';
import type { StepKind } from './step-kind';

/** A piece of a sentence: words, the name of a thing, or a moment (ISO) that is shown in the reader's zone. */
export type Part = string | { name: string } | { at: string };
export type Sentence = Part[];

export type Channel = 'email' | 'sms';

/** A message that had its outcome, with everything that is known of it since. */
export interface MessageLine {
  kind: 'message';
  id: string;
  at: string;
  channel: Channel;
  /** `dlv_…`; the message can be opened under it. */
  deliveryId: string;
  campaign: string;
  step: string;
  state: DeliveryState;
  error: { class: ErrorClass | null; code: string | null; text: string | null } | null;
  skipReason: string | null;
  deliveredAt: string | null;
  openedAt: string | null;
  clickedAt: string | null;
  bouncedAt: string | null;
  bounceType: 'hard' | 'soft' | null;
  complainedAt: string | null;
  /** Null when nothing tells people from machines. */
  openedBy: 'person' | 'machine' | null;
  clickedBy: 'person' | 'machine' | null;
  /** The message it repeats, if a person sent it again. */
  resendOf: string | null;
  resolution: string | null;
}

export interface LeftOutLine {
  kind: 'left_out';
  id: string;
  at: string;
  campaign: string;
  reason: string;
  /** The opt-out behind it, as far as it is known. */
  optOut: { at: string; via: string | null } | null;
}

export interface WishLine {
  kind: 'wish';
  id: string;
  at: string;
  /** Such as `email.unsubscribed` or `sms.consent_granted`. */
  type: string;
  via: string | null;
  campaign: string | null;
  note: string | null;
}

export interface NoteLine {
  kind: 'note';
  id: string;
  at: string;
  by: string;
  text: string;
}

export interface ActLine {
  kind: 'act';
  id: string;
  at: string;
  by: string;
  campaign: string;
  channel: Channel;
  reason: string;
  note: string | null;
}

export interface CancelledLine {
  kind: 'cancelled';
  id: string;
  at: string;
  campaign: string;
}

export type HistoryLine = MessageLine | LeftOutLine | WishLine | NoteLine | ActLine | CancelledLine;

/** Why a message waits, and until when if that is known. */
export interface StepWait {
  why: 'unwanted' | 'wave' | 'time' | 'hours' | 'too_late' | 'turn' | 'paused';
  wave?: number;
  until?: string;
  /** The time of day at which the hours open in which it may be sent, and whose clock shows it. */
  opens?: { at: string; whose: 'contact' | 'workspace' };
}

/** One step of a run that is under way, as far as this contact has come. */
export interface StepLine {
  name: string;
  kind: StepKind;
  state: DeliveryState | 'ahead';
  at: string | null;
  waits: StepWait | null;
  skipReason: string | null;
  error: { class: ErrorClass | null; code: string | null } | null;
  deliveryId: string | null;
}

export interface UnderWay {
  runId: string;
  campaign: string;
  status: RunStatus;
  statusReason: string | null;
  steps: StepLine[];
}

/** Why somebody is, or is not, among those a planned run addresses. */
export interface SourceReason {
  kind: 'list' | 'segment' | 'everyone';
  name: string;
  /** The conditions of a segment that hold, as sentences. */
  because: string[];
}

export interface Planned {
  /** Null while there is no run: of an occurrence to come, and of what an event would start. */
  runId: string | null;
  campaignId: string;
  campaign: string;
  at: string | null;
  /** Later occurrences that do the same for this contact. */
  also: string[];
  /** What it starts on, if it starts on an event. */
  event: string | null;
  paused: boolean;
  messages: Channel[];
  verdict: 'will_receive' | 'left_out' | 'not_addressed';
  reason: string | null;
  sources: SourceReason[];
  optOut: { at: string; via: string | null } | null;
}

/** Why a customer wants out, as far as the audit log needs to know. */
export const WISH_REASONS = {
  phone: 'by phone',
  chat: 'in a chat',
  email: 'by email',
  letter: 'by letter',
  in_person: 'in person',
} as const;
export type WishReason = keyof typeof WISH_REASONS;

export const RESEND_REASONS = {
  not_arrived: 'The customer says it never arrived',
  lost: 'The customer deleted or lost it',
  unreadable: 'The customer could not open or read it',
  other: 'Another reason, see the note',
} as const;
export type ResendReason = keyof typeof RESEND_REASONS;
