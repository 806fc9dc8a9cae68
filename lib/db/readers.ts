import type postgres from 'postgres';

const MOST_WORKSPACES = 4;
const UNUSED_AFTER_MS = 30_000;

interface Reader {
  client: postgres.Sql;
  usedMs: number;
}

/**
 * Connections for reading, each of one workspace for as long as it lives: role and workspace come with its start-up
 * parameters, so a read is one statement without a transaction around it, and row-level security holds all the same.
 */
export class Readers {
  private readonly byWorkspace = new Map<string, Reader>();

  constructor(
    private readonly open: (workspaceId: string) => postgres.Sql,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** The workspace's own, or null while others are using all there may be. */
  of(workspaceId: string): postgres.Sql | null {
    const usedMs = this.nowMs();
    const known = this.byWorkspace.get(workspaceId);
    if (known) {
      known.usedMs = usedMs;
      return known.client;
    }
    if (this.byWorkspace.size >= MOST_WORKSPACES && !this.closeUnused(usedMs)) return null;
    const client = this.open(workspaceId);
    this.byWorkspace.set(workspaceId, { client, usedMs });
    return client;
  }

  private closeUnused(nowMs: number): boolean {
    const [longest] = [...this.byWorkspace].sort(([, a], [, b]) => a.usedMs - b.usedMs);
    if (!longest || nowMs - longest[1].usedMs < UNUSED_AFTER_MS) return false;
    this.byWorkspace.delete(longest[0]);
    void longest[1].client.end({ timeout: 5 });
    return true;
  }

  async end(): Promise<void> {
    const clients = [...this.byWorkspace.values()].map(({ client }) => client);
    this.byWorkspace.clear();
    await Promise.all(clients.map((client) => client.end({ timeout: 5 })));
  }
}
