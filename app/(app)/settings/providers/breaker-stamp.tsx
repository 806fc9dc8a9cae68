import { Stamp } from '@/components/ui/stamp';

const STATES = {
  closed: { status: 'active', label: 'Ready' },
  open: { status: 'stalled', label: 'Stopped' },
  half_open: { status: 'waiting', label: 'Trying again' },
} as const;

/** Whether messages go through a provider now. */
export function BreakerStamp({ state }: { state: keyof typeof STATES }) {
  const { status, label } = STATES[state];
  return <Stamp status={status} label={label} />;
}
