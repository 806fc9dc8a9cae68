import type { StatusCallbacks } from '@/lib/channels/listener/status-callbacks';
import type { AcceptLedger } from './accept-ledger';
import type { FaultDice, FaultPlan } from './fault-plan';

/** What the dialects of one faulty provider share. */
export interface ProviderState {
  plan: FaultPlan;
  dice: FaultDice;
  ledger: AcceptLedger;
  callbacks: StatusCallbacks;
  /** How often each fault was done. */
  faults: Map<string, number>;
  nowMs(): number;
}

export function countFault(state: ProviderState, dialect: string, fault: string): void {
  const name = `${dialect}.${fault}`;
  state.faults.set(name, (state.faults.get(name) ?? 0) + 1);
}
