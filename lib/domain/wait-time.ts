import type { FlowStep } from './campaign';

export type WaitUntil = Extract<FlowStep, { kind: 'wait' }>['until'];

/** Milliseconds that the wait steps of a flow take from a moment on. They add up; one until a time holds back whoever comes earlier. */
export function waitMsOf(flow: readonly { kind: string; until?: WaitUntil }[], startAtMs: number): number {
  let atMs = startAtMs;
  for (const { until } of flow) {
    if (until) atMs = until.kind === 'duration' ? atMs + until.ms : Math.max(atMs, Date.parse(until.at));
  }
  return atMs - startAtMs;
}
