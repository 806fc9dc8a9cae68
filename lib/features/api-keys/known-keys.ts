export interface AuthenticatedKey {
  id: string;
  workspaceId: string;
  name: string;
  live: boolean;
  scopes: string[];
  expiresAt: Date | null;
}

const BELIEVED_MS = 1000;
const MOST_KEPT = 1000;

interface Known {
  atMs: number;
  key: AuthenticatedKey;
}

/** Keys that were just found valid; those that were not are looked up every time. */
export class KnownKeys {
  private readonly bySecret = new Map<string, Known>();
  private generation = 0;

  constructor(private readonly nowMs: () => number = Date.now) {}

  /** From what is known, or by `read`; never later than the key's own end. */
  async find(
    secret: string,
    read: (secret: string) => Promise<AuthenticatedKey | null>,
  ): Promise<AuthenticatedKey | null> {
    const askedMs = this.nowMs();
    const known = this.bySecret.get(secret);
    if (known && askedMs - known.atMs < BELIEVED_MS && !hasEnded(known.key, askedMs)) return known.key;
    this.bySecret.delete(secret);
    const generation = this.generation;
    const key = await read(secret);
    // what was read while keys were being forgotten may be what they were forgotten for
    if (!key || generation !== this.generation) return key;
    if (this.bySecret.size >= MOST_KEPT) this.bySecret.clear();
    this.bySecret.set(secret, { atMs: askedMs, key });
    return key;
  }

  /** Everything is read anew from now on. */
  forget(): void {
    this.generation++;
    this.bySecret.clear();
  }
}

function hasEnded({ expiresAt }: AuthenticatedKey, nowMs: number): boolean {
  return expiresAt !== null && expiresAt.getTime() <= nowMs;
}

const shared = globalThis as unknown as { waybillKnownKeys?: KnownKeys };

export function keysOfProcess(): KnownKeys {
  shared.waybillKnownKeys ??= new KnownKeys();
  return shared.waybillKnownKeys;
}
