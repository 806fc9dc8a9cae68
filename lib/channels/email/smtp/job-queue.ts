import type { SmtpJob } from './envelope';

const COMPACT_AT = 64;

/** First in, first out; settled jobs (stopped while waiting) are passed over. */
export class JobQueue {
  private jobs: SmtpJob[] = [];
  private head = 0;

  get length(): number {
    return this.jobs.length - this.head;
  }

  push(job: SmtpJob): void {
    this.jobs.push(job);
  }

  putFirst(jobs: SmtpJob[]): void {
    this.jobs = [...jobs, ...this.jobs.slice(this.head)];
    this.head = 0;
  }

  shift(): SmtpJob | null {
    while (this.head < this.jobs.length) {
      const job = this.jobs[this.head++];
      // A queue that never runs dry must not keep every message that ever passed through it.
      if (this.head >= COMPACT_AT || this.head === this.jobs.length) {
        this.jobs = this.jobs.slice(this.head);
        this.head = 0;
      }
      if (job && !job.settled) return job;
    }
    return null;
  }

  drain(): SmtpJob[] {
    const rest = this.jobs.slice(this.head);
    this.jobs = [];
    this.head = 0;
    return rest;
  }
}
