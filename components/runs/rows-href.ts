/** What narrows the rows of a run; each part of it stands in the address. */
export interface RowsOf {
  step: number;
  state?: string;
  cause?: string;
  fact?: string;
  wave?: number;
  domain?: string;
  link?: number;
  openedBy?: 'people' | 'machines' | 'unknown';
}

/** The rows behind one number of a run. */
export function rowsHref(runId: string, of: RowsOf): string {
  const query = Object.entries(of).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return `/runs/${runId}/deliveries?${new URLSearchParams(query)}`;
}
