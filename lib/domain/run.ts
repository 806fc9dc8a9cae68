export const RUN_STATUSES = ['scheduled', 'queuing', 'sending', 'paused', 'completed', 'cancelled', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const RUN_TRANSITIONS: Record<RunStatus, readonly RunStatus[]> = {
  scheduled: ['queuing', 'paused', 'cancelled'],
  queuing: ['sending', 'paused', 'cancelled', 'failed', 'completed'],
  sending: ['paused', 'completed', 'cancelled'],
  paused: ['scheduled', 'queuing', 'sending', 'cancelled'],
  // retrying what failed, or deciding a doubt, gives a completed run work again
  completed: ['sending'],
  cancelled: [],
  failed: ['queuing', 'cancelled'],
};

/** The states from which a run may move to `to`; verbs put them into their conditional update. */
export function statesBefore(to: RunStatus): RunStatus[] {
  return RUN_STATUSES.filter((from) => RUN_TRANSITIONS[from].includes(to));
}

export function isTerminal(status: RunStatus): boolean {
  return status === 'completed' || status === 'cancelled' || status === 'failed';
}

/** Headline of a run for people: a completed run with failures or doubt says so. */
export function runHeadline(status: RunStatus, issues: number): string {
  if (status === 'completed') return issues > 0 ? 'Completed with issues' : 'Completed';
  return status.charAt(0).toUpperCase() + status.slice(1);
}
