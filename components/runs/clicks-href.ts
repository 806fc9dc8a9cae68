export interface ClicksOf {
  step?: number | undefined;
  link?: number | undefined;
  by?: 'machines' | 'others' | undefined;
}

/** The clicks behind a number of a run's report. */
export function clicksHref(runId: string, of: ClicksOf): string {
  const query = Object.entries(of).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return `/reports/runs/${runId}/clicks?${new URLSearchParams(query)}`;
}
