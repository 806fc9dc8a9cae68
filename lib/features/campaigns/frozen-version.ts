import type { CompiledEmail } from '@/emails/render';
import type { Audience, FlowStep, Policy, StepCondition } from '@/lib/domain/campaign';
import type { Recurrence } from '@/lib/domain/recurrence';
import type { CompiledSms } from '@/lib/domain/sms-segments';

export interface FrozenSender {
  id: string;
  name: string | null;
  address: string;
  replyTo: string | null;
  bounceDomain: string | null;
  providerAccountId: string;
}

interface FrozenBase {
  id: string;
  name: string;
  continueWhen: 'accepted' | 'settled';
  onlyIf?: StepCondition;
}

export type FrozenStep =
  | (FrozenBase & { kind: 'email'; sender: FrozenSender; templateId: string; content: CompiledEmail })
  | (FrozenBase & { kind: 'sms'; sender: FrozenSender; templateId: string; content: CompiledSms })
  | (FrozenBase & { kind: 'record'; sink: Extract<FlowStep, { kind: 'record' }>['sink']; columns: string[] })
  | (FrozenBase & { kind: 'condition'; onlyIf: StepCondition })
  | Extract<FlowStep, { kind: 'wait' }>;

/** Everything a run needs, as it was at launch. Rendering from it and a member's snapshot is pure. */
export interface FrozenVersion {
  campaignName: string;
  flow: FrozenStep[];
  audience: Audience;
  /** Rules of every segment the audience names, as they were. */
  segmentRules: Record<string, unknown>;
  policy: Policy;
  /** What starts a run for one contact, if anything does. */
  trigger?: { event: string };
  /** When it recurs, with its time zone. */
  recurrence?: Recurrence;
  notify: { emails: string[]; phones: string[]; webhookIds: string[]; events: string[]; seedContactIds: string[] };
  /** Contact fields and attribute keys that content, conditions and records use; the snapshot holds these. */
  fields: string[];
  workspace: { name: string; postalAddress: string; timeZone: string };
}

export type FrozenMessageStep = Extract<FrozenStep, { kind: 'email' | 'sms' }>;
export type FrozenConditionStep = Extract<FrozenStep, { kind: 'condition' }>;
export type FrozenRecordStep = Extract<FrozenStep, { kind: 'record' }>;
