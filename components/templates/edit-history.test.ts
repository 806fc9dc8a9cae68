import { describe, expect, it } from 'vitest';
import { type EditHistory, editHistory, startHistory } from './edit-history';

const to = (value: string, key?: string, atMs = 0) => ({ type: 'edit' as const, change: () => value, key, atMs });
const run = (history: EditHistory<string>, ...actions: Parameters<typeof editHistory<string>>[1][]) =>
  actions.reduce(editHistory<string>, history);

describe('undo', () => {
  it('takes typing into one field back in one step, and pauses in several', () => {
    const typed = run(
      startHistory(''),
      to('a', 'x', 0),
      to('ab', 'x', 500),
      to('abc', 'x', 2000),
      to('abc!', 'y', 2100),
    );
    expect(typed.past).toEqual(['', 'ab', 'abc']);
    expect(run(typed, { type: 'undo' }, { type: 'undo' }).present).toBe('ab');
  });

  it('and redo end where they began', () => {
    const edited = run(startHistory('0'), to('1'), to('2'));
    const back = run(edited, { type: 'undo' }, { type: 'undo' }, { type: 'undo' });
    expect(back.present).toBe('0');
    expect(run(back, { type: 'redo' }, { type: 'redo' }, { type: 'redo' }).present).toBe('2');
  });

  it('forgets what was undone once something else is done', () => {
    const other = run(startHistory('0'), to('1'), { type: 'undo' }, to('other'));
    expect(run(other, { type: 'redo' }).present).toBe('other');
  });

  it('does not grow without end', () => {
    let history = startHistory('0');
    for (let n = 1; n <= 500; n++) history = editHistory(history, to(String(n)));
    expect(history.past).toHaveLength(200);
  });
});
