import { Connection } from './connection';

interface Waiting {
  request: string;
  done: (status: number) => void;
}

/** Keeps up to `most` connections open; a request waits for one when all are taken. The last used is used next. */
export class Connections {
  private readonly idle: Connection[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly all = new Set<Connection>();

  constructor(
    private readonly port: number,
    private readonly most: number,
  ) {}

  ask(request: string, done: (status: number) => void): void {
    const connection = this.take();
    if (connection) this.askOn(connection, { request, done });
    else this.waiting.push({ request, done });
  }

  /** Every request still under way gets 0. */
  end(): void {
    for (const { done } of this.waiting.splice(0)) done(0);
    for (const connection of this.all) connection.end();
  }

  private take(): Connection | null {
    for (let kept = this.idle.pop(); kept; kept = this.idle.pop()) {
      if (kept.isOpen) return kept;
      this.all.delete(kept);
    }
    if (this.all.size >= this.most) return null;
    const made = new Connection(this.port);
    this.all.add(made);
    return made;
  }

  private askOn(connection: Connection, { request, done }: Waiting): void {
    connection.ask(request, (status) => {
      if (connection.isOpen) this.idle.push(connection);
      else this.all.delete(connection);
      done(status);
      if (this.waiting.length === 0) return;
      const free = this.take();
      const next = free && this.waiting.shift();
      if (next) this.askOn(free, next);
      else if (free) this.idle.push(free);
    });
  }
}
