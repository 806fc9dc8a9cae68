import type { FlowStep } from './campaign';

export type StepKind = FlowStep['kind'];

export const STEP_KIND_LABELS: Record<StepKind, string> = {
  email: 'Email',
  sms: 'SMS',
  record: 'Record',
  condition: 'Condition',
  wait: 'Wait',
};
