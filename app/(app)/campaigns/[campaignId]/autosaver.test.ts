import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDraft } from '@/lib/domain/campaign';
import { Autosaver, type Edited, type Saved, type SaveFailure } from './autosaver';

const draft = emptyDraft();
const named = (name: string): Edited => ({ name, draft });

let server: Saved;
let sent: string[];
let failing: SaveFailure | null;
let kept: { edited: Edited; revision: number } | null;
let due: (() => void) | null;
let release: (() => void) | null;
let isSlow: boolean;

function make(): Autosaver {
  return new Autosaver(
    { ...server },
    {
      send: async (edited, revision) => {
        sent.push(edited.name);
        if (isSlow) await new Promise<void>((resolve) => (release = resolve));
        if (failing) return failing;
        if (revision !== server.revision) return { status: 412, message: 'Tom saved this campaign.' };
        server = { ...edited, revision: revision + 1 };
        return { revision: server.revision };
      },
      load: async () => server,
      unfinished: ({ name }) => (name === '' ? 'Give the campaign a name.' : null),
      keep: (unsaved) => {
        kept = unsaved;
      },
      later: (work) => {
        due = work;
        return () => {
          due = null;
        };
      },
    },
  );
}

beforeEach(() => {
  server = { ...named('Launch'), revision: 1 };
  sent = [];
  failing = null;
  kept = null;
  due = null;
  release = null;
  isSlow = false;
});

describe('saving while one types', () => {
  it('stores the last state, once the typing pauses', async () => {
    const saver = make();
    saver.edit(named('Launch 1'));
    saver.edit(named('Launch 12'));
    expect(sent).toEqual([]);
    expect(kept?.edited.name).toBe('Launch 12');
    due?.();
    expect(await saver.save()).toBe(true);
    expect(sent).toEqual(['Launch 12']);
    expect(server.revision).toBe(2);
    expect(kept).toBeNull();
    expect(saver.current()).toEqual({ kind: 'saved', once: true });
  });

  it('sends one save at a time, and what was typed meanwhile after it', async () => {
    const saver = make();
    isSlow = true;
    saver.edit(named('a'));
    const saving = saver.save();
    saver.edit(named('b'));
    void saver.save();
    isSlow = false;
    release?.();
    expect(await saving).toBe(true);
    expect(sent).toEqual(['a', 'b']);
    expect(server).toMatchObject({ name: 'b', revision: 3 });
  });

  it('does not send what cannot be stored, and keeps it', async () => {
    const saver = make();
    saver.edit(named(''));
    expect(await saver.save()).toBe(false);
    expect(saver.current()).toEqual({ kind: 'unfinished', message: 'Give the campaign a name.' });
    expect(sent).toEqual([]);
    expect(kept?.edited.name).toBe('');
  });

  it('tries again by itself when there was no answer', async () => {
    const saver = make();
    failing = { status: 0, message: 'no answer' };
    saver.edit(named('a'));
    expect(await saver.save()).toBe(false);
    expect(saver.current().kind).toBe('lost');
    expect(kept?.edited.name).toBe('a');
    failing = null;
    due?.();
    expect(await saver.save()).toBe(true);
    expect(server.name).toBe('a');
  });

  it('says what was refused, and does not insist', async () => {
    const saver = make();
    failing = { status: 403, message: 'Your role does not allow this.' };
    saver.edit(named('a'));
    expect(await saver.save()).toBe(false);
    expect(saver.current()).toEqual({ kind: 'refused', message: 'Your role does not allow this.' });
    expect(due).toBeNull();
    failing = { status: 412, message: 'This campaign is archived.' };
    saver.edit(named('b'));
    await saver.save();
    expect(saver.current()).toMatchObject({ kind: 'refused', message: 'This campaign is archived.' });
  });
});

describe('when somebody else saved meanwhile', () => {
  async function clash(): Promise<Autosaver> {
    const saver = make();
    server = { ...named('Theirs'), revision: 2 };
    saver.edit(named('Mine'));
    expect(await saver.save()).toBe(false);
    expect(saver.current()).toMatchObject({ kind: 'conflict', theirs: { name: 'Theirs', revision: 2 } });
    saver.edit(named('Mine, and more'));
    expect(await saver.save()).toBe(false);
    expect(server.name).toBe('Theirs');
    return saver;
  }

  it('waits for a person, then stores mine over theirs', async () => {
    const saver = await clash();
    expect(await saver.settle(server, true)).toBe(true);
    expect(server).toMatchObject({ name: 'Mine, and more', revision: 3 });
  });

  it('or takes theirs and sends nothing', async () => {
    const saver = await clash();
    const before = sent.length;
    expect(await saver.settle(server, false)).toBe(true);
    expect(sent).toHaveLength(before);
    expect(saver.isDirty).toBe(false);
  });
});

describe('what an earlier page could not store', () => {
  it('is stored when nobody saved since', async () => {
    const saver = make();
    saver.recover(named('Lost'), 1);
    due?.();
    expect(await saver.save()).toBe(true);
    expect(server).toMatchObject({ name: 'Lost', revision: 2 });
  });

  it('waits for a person when somebody did', async () => {
    server = { ...named('Theirs'), revision: 3 };
    const saver = make();
    saver.recover(named('Lost'), 1);
    expect(saver.current()).toMatchObject({ kind: 'conflict', theirs: { name: 'Theirs', revision: 3 } });
    expect(await saver.settle({ ...named('Theirs'), revision: 3 }, true)).toBe(true);
    expect(server).toMatchObject({ name: 'Lost', revision: 4 });
  });
});
