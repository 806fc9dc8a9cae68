/** What can be undone. `T` is never changed in place. */
export interface EditHistory<T> {
  past: T[];
  present: T;
  future: T[];
  /** The change that the next one may melt into. */
  last: { key: string; atMs: number } | null;
}

export type EditAction<T> =
  | {
      type: 'edit';
      change: (present: T) => T;
      /** Changes of one key in quick succession, such as typing into one field, are undone together. */
      key?: string;
      atMs: number;
    }
  | { type: 'undo' }
  | { type: 'redo' };

const MOST_STEPS = 200;
const PAUSE_MS = 1000;

export function startHistory<T>(present: T): EditHistory<T> {
  return { past: [], present, future: [], last: null };
}

export function editHistory<T>(history: EditHistory<T>, action: EditAction<T>): EditHistory<T> {
  const { past, present, future, last } = history;
  if (action.type === 'undo') {
    const before = past.at(-1);
    if (before === undefined) return history;
    return { past: past.slice(0, -1), present: before, future: [present, ...future], last: null };
  }
  if (action.type === 'redo') {
    const [after, ...rest] = future;
    if (after === undefined) return history;
    return { past: [...past, present], present: after, future: rest, last: null };
  }
  const next = action.change(present);
  if (next === present) return history;
  const { key, atMs } = action;
  const mark = key === undefined ? null : { key, atMs };
  const melts = key !== undefined && last?.key === key && atMs - last.atMs < PAUSE_MS;
  if (melts) return { past, present: next, future: [], last: mark };
  return { past: [...past, present].slice(-MOST_STEPS), present: next, future: [], last: mark };
}
