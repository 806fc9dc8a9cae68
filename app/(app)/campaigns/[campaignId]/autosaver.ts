import type { CampaignDraft } from '@/lib/domain/campaign';

export interface Edited {
  name: string;
  draft: CampaignDraft;
}
export interface Saved extends Edited {
  revision: number;
  /** ISO. */
  updatedAt?: string;
}

export type SaveState =
  | { kind: 'saved'; once: boolean }
  | { kind: 'saving' }
  /** Something typed cannot be stored yet; everything before it is. */
  | { kind: 'unfinished'; message: string }
  /** Not stored, and tried again by itself. */
  | { kind: 'lost'; message: string }
  | { kind: 'refused'; message: string }
  /** Somebody else saved; a person decides whose stays. */
  | { kind: 'conflict'; message: string; theirs: Saved };

/** How a save ended without being stored. */
export interface SaveFailure {
  /** HTTP status; 0 when there was no answer. */
  status: number;
  message: string;
}

export interface AutosaverParts {
  send(edited: Edited, revision: number): Promise<{ revision: number } | SaveFailure>;
  /** What is stored now; null without an answer. */
  load(): Promise<Saved | null>;
  /** Why this cannot be stored yet; null when it can. */
  unfinished(edited: Edited): string | null;
  /** Where unsaved work survives the page. */
  keep(unsaved: { edited: Edited; revision: number } | null): void;
  later(work: () => void, delayMs: number): () => void;
}

const TYPING_PAUSE_MS = 700;
const RETRY_MS = 4_000;
const isFailure = (answer: { revision: number } | SaveFailure): answer is SaveFailure => 'status' in answer;

/**
 * Saves what is edited a moment after each change, one save at a time, each on the revision it was made on. What could
 * not be stored is kept and tried again; what somebody else stored meanwhile is never overwritten unasked.
 */
export class Autosaver {
  private state: SaveState = { kind: 'saved', once: false };
  private readonly listeners = new Set<() => void>();
  private revision: number;
  private wanted: Edited;
  private stored: Edited;
  private running: Promise<boolean> | null = null;
  private cancel: () => void = () => undefined;

  constructor(
    initial: Saved,
    private readonly parts: AutosaverParts,
  ) {
    this.revision = initial.revision;
    this.wanted = initial;
    this.stored = initial;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  current = (): SaveState => this.state;

  get isDirty(): boolean {
    return this.wanted !== this.stored;
  }

  edit(next: Edited): void {
    this.wanted = next;
    this.parts.keep({ edited: next, revision: this.revision });
    this.schedule(TYPING_PAUSE_MS);
  }

  /** Takes back what an earlier page could not store; a person decides if somebody saved since. */
  recover(edited: Edited, revision: number): void {
    this.wanted = edited;
    if (revision === this.revision) {
      this.schedule(0);
      return;
    }
    const message = 'This campaign was saved since you made changes that could not be stored.';
    this.become({ kind: 'conflict', message, theirs: { ...this.stored, revision: this.revision } });
  }

  /** Stores everything that is not stored yet; false when something is in the way. */
  save = async (): Promise<boolean> => {
    this.cancel();
    if (this.state.kind === 'conflict') return false;
    this.running ??= this.write().finally(() => {
      this.running = null;
    });
    return await this.running;
  };

  /** After a conflict: what is on the screen is stored over theirs, or theirs takes its place. */
  settle(theirs: Saved, keepMine: boolean): Promise<boolean> {
    this.revision = theirs.revision;
    this.stored = theirs;
    if (!keepMine) this.wanted = theirs;
    this.become({ kind: 'saving' });
    return this.save();
  }

  stop(): void {
    this.cancel();
    if (this.isDirty) void this.save();
  }

  private schedule(delayMs: number): void {
    this.cancel();
    this.cancel = this.parts.later(() => void this.save(), delayMs);
  }

  private become(state: SaveState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }

  private async write(): Promise<boolean> {
    while (this.isDirty) {
      const edited = this.wanted;
      const problem = this.parts.unfinished(edited);
      if (problem) {
        this.become({ kind: 'unfinished', message: problem });
        return false;
      }
      this.become({ kind: 'saving' });
      const answer = await this.parts.send(edited, this.revision);
      if (isFailure(answer)) {
        await this.fail(answer);
        return false;
      }
      this.revision = answer.revision;
      this.stored = edited;
    }
    this.parts.keep(null);
    this.become({ kind: 'saved', once: true });
    return true;
  }

  private async fail({ status, message }: SaveFailure): Promise<void> {
    // 412 also stands for other things that are in the way, such as an archived campaign; the revision tells
    if (status === 409 || status === 412) {
      const theirs = await this.parts.load();
      if (theirs && theirs.revision !== this.revision) {
        this.become({ kind: 'conflict', message, theirs });
        return;
      }
    }
    const passes = status === 0 || status === 401 || status === 409 || status === 429 || status >= 500;
    this.become(passes ? { kind: 'lost', message } : { kind: 'refused', message });
    if (passes) this.schedule(RETRY_MS);
  }
}
