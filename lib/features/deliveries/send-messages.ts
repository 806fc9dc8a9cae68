import type { Channel, PreparedGroup, SendResult } from '@/lib/channels/channel';
import { databaseNow } from '@/lib/db/clock';
import { crashPoint } from '@/lib/db/crash-point';
import { env } from '@/lib/env';
import type { FrozenMessageStep } from '@/lib/features/campaigns/frozen-version';
import {
  type ClaimedBatch,
  type ClaimedDelivery,
  type LoadedBatch,
  type OpenIntent,
  releaseBatch,
  renewLease,
} from '@/lib/features/deliveries/claim-batch';
import { expiryOf } from '@/lib/features/deliveries/expiry';
import { GroupRenderer, type Ready } from '@/lib/features/deliveries/group-renderer';
import { gateOf, type HoursGate } from '@/lib/features/deliveries/hours-gate';
import { inLanes } from '@/lib/features/deliveries/in-lanes';
import { judgeResult } from '@/lib/features/deliveries/judge-result';
import { openIntent, reopenIntent } from '@/lib/features/deliveries/open-intent';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import { type Group, planGroups } from '@/lib/features/deliveries/plan-groups';
import { Settler } from '@/lib/features/deliveries/settler';
import { type RateLimit, takeSendSlots } from '@/lib/features/deliveries/take-send-slots';
import type { QueuingRun } from '@/lib/features/runs/load-run';
import type { Trouble } from '@/lib/features/runs/report-trouble';

export interface SendJob {
  run: QueuingRun;
  step: FrozenMessageStep;
  batch: ClaimedBatch;
  loaded: LoadedBatch;
  worker: string;
  channel: Channel;
  limits: RateLimit[];
  signal: AbortSignal;
  /** Told when the last groups begin: the next batch may be fetched meanwhile. May be told more than once. */
  onNearEnd: () => void;
}

export interface SendReport {
  trouble: Trouble | null;
  healthy: boolean;
  /** Resolves with how many were settled once every result is in the ledger and the batch is given back. */
  finished: Promise<number>;
}

/** Everything about one batch of messages on its way out; one instance per claim. */
class BatchSender {
  private readonly settler: Settler;
  private readonly idempotent: boolean;
  private readonly renderer: GroupRenderer;
  private readonly isExpired: () => boolean;
  private readonly hours: HoursGate | null;
  private stopped = false;
  private replayAt: Date | null = null;
  private groupNumber = 0;
  renewalError: unknown;
  trouble: Trouble | null = null;
  healthy = false;

  constructor(private readonly job: SendJob) {
    this.settler = new Settler({ run: job.run, batch: job.batch, worker: job.worker });
    this.renderer = new GroupRenderer(job.run, job.step, job.batch, job.channel.capabilities.format);
    this.isExpired = expiryOf(job.run, job.batch);
    this.hours = gateOf(job.run, job.step.kind);
    this.idempotent = job.channel.capabilities.idempotencyWindowMs > 0;
  }

  async run(): Promise<SendReport> {
    const { job } = this;
    crashPoint('after_claim');
    const { groups, settled } = await planGroups(
      job,
      ({ firstIntentAt }, members) => this.mayReplay(firstIntentAt, this.waitsUntil(members) ?? undefined),
      this.isExpired() ? null : this.hours,
    );
    for (const { outcomes, intentId } of settled) this.settler.add(outcomes, intentId);
    const { concurrentGroups } = job.channel.capabilities;
    const renewing = setInterval(() => this.renew(), env().WAYBILL_LEASE_MS / 3);
    const next = () => {
      if (groups.length <= concurrentGroups) job.onNearEnd();
      return this.stopped || job.signal.aborted ? undefined : groups.shift();
    };
    const lane = async () => {
      for (let group = next(); group; group = next()) await this.sendGroup(group);
    };
    const wired = inLanes(concurrentGroups, lane, () => {
      this.stopped = true;
    });
    const finished = wired.then(() => this.finish()).finally(() => clearInterval(renewing));
    // whoever waits for it hears of its failure; until then it is nobody's
    finished.catch(() => undefined);
    const failed = await wired;
    if (failed) {
      // what the other lanes heard is in the ledger before anybody hears of it
      await Promise.allSettled([finished]);
      throw failed.reason;
    }
    return { trouble: this.trouble, healthy: this.healthy, finished };
  }

  private async finish(): Promise<number> {
    await this.settler.drain();
    await releaseBatch(this.job.batch, this.job.worker, this.replayAt);
    return this.settler.settled;
  }

  /** A renewal that fails only lets the lease run out, which every later statement checks. */
  private renew(): void {
    renewLease(this.job.batch, this.job.worker).catch((error: unknown) => {
      this.renewalError = error;
    });
  }

  private mayReplay(firstIntentAt: Date, at = databaseNow()): boolean {
    return (
      this.idempotent && at.getTime() - firstIntentAt.getTime() < this.job.channel.capabilities.idempotencyWindowMs
    );
  }

  /** Until when some of these may not be written to; null where all may. */
  private waitsUntil(deliveries: readonly ClaimedDelivery[]): Date | null {
    const { hours } = this;
    if (!hours) return null;
    const closed = deliveries.flatMap((one) => hours.closedUntil(one)?.getTime() ?? []);
    return closed.length > 0 ? new Date(Math.max(...closed)) : null;
  }

  /** Renders a group just before it leaves, so that few messages are in memory at once. */
  private renderGroup(deliveries: ClaimedDelivery[]): Ready[] {
    const { ready, broken } = this.renderer.render(deliveries);
    if (broken.length > 0) this.settler.add(broken, null);
    return ready;
  }

  private async sendGroup(group: Group): Promise<void> {
    if (group.replay) {
      const { replay } = group;
      const until = this.waitsUntil(group.deliveries);
      if (until) {
        this.replayAt = until;
        return;
      }
      return this.using(this.renderGroup(group.deliveries), (ready) => this.replay(ready, replay));
    }
    let rest = group.deliveries;
    while (rest.length > 0 && !this.stopped && !this.job.signal.aborted) {
      if (this.isExpired()) {
        this.settler.add(
          rest.map(({ id, contactId }) => ({ state: 'expired', deliveryId: id, contactId })),
          null,
        );
        return;
      }
      // the hours ended meanwhile: whoever takes the batch next puts off whom it concerns, and nobody else
      if (this.waitsUntil(rest)) {
        this.stopped = true;
        return;
      }
      const { granted, waitMs } = await takeSendSlots(this.job.limits, rest.length);
      if (granted === 0) {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        continue;
      }
      const ready = this.renderGroup(rest.slice(0, granted));
      if (ready.length > 0) await this.using(ready, (messages) => this.sendFresh(messages));
      rest = rest.slice(granted);
    }
  }

  /** Gives the memory of rendered messages back once nothing can read it any more. */
  private async using(ready: Ready[], work: (ready: Ready[]) => Promise<void>): Promise<void> {
    try {
      await work(ready);
    } finally {
      this.renderer.release(ready);
    }
  }

  private async sendFresh(ready: Ready[]): Promise<void> {
    const { job } = this;
    crashPoint('before_intent');
    const prepared = job.channel.prepare?.(ready.map((one) => one.message));
    const key = `${job.batch.runId}:${job.batch.id}:${job.batch.fence}:${this.groupNumber++}`;
    const granted = await openIntent(job.batch, {
      channel: job.step.kind,
      worker: job.worker,
      providerAccountId: job.step.sender.providerAccountId,
      idempotencyKey: key,
      payloadSha256: prepared?.sha256 ?? null,
      closesAt: this.hours?.closesAt(ready.map((one) => one.delivery)) ?? null,
      members: ready.map((one) => ({
        deliveryId: one.delivery.id,
        contactId: one.delivery.contactId,
        address: one.address,
      })),
    });
    if (!granted) {
      this.stopped = true;
      return;
    }
    crashPoint('after_intent');
    const byId = new Map(granted.skipped.length > 0 ? ready.map((one) => [one.delivery.id, one]) : []);
    const skipped = granted.skipped.flatMap<Outcome>(({ deliveryId, reason }) => {
      const one = byId.get(deliveryId);
      return one ? [{ state: 'skipped', deliveryId, contactId: one.delivery.contactId, reason }] : [];
    });
    if (skipped.length > 0) this.settler.add(skipped, null);
    if (granted.deliveryIds.length === 0) return;
    const going = skipped.length === 0 ? ready : granted.deliveryIds.flatMap((id) => byId.get(id) ?? []);
    const results = await this.wire(key, going, going === ready ? prepared : undefined);
    this.judge(going, results, {
      id: granted.id,
      intentAt: granted.intentAt,
      firstIntentAt: granted.intentAt,
      replays: 0,
    });
  }

  private async replay(ready: Ready[], intent: OpenIntent): Promise<void> {
    const closesAt = this.hours?.closesAt(ready.map((one) => one.delivery)) ?? null;
    if (!(await reopenIntent(this.job.batch, this.job.worker, intent.id, closesAt))) {
      this.stopped = true;
      return;
    }
    const results = await this.wire(intent.idempotencyKey, ready);
    this.judge(ready, results, { ...intent, replays: intent.replays + 1 });
  }

  private async wire(idempotencyKey: string, ready: Ready[], prepared?: PreparedGroup): Promise<SendResult[]> {
    const messages = ready.map((one) => one.message);
    const results = await this.job.channel.send({ idempotencyKey, messages, prepared }, this.job.signal);
    crashPoint('after_wire');
    return results;
  }

  private judge(
    ready: Ready[],
    results: SendResult[],
    intent: Pick<OpenIntent, 'id' | 'intentAt' | 'firstIntentAt' | 'replays'>,
  ): void {
    const now = databaseNow();
    const outcomes: Outcome[] = [];
    let keepOpen = false;
    for (const [i, { delivery }] of ready.entries()) {
      const result: SendResult = results[i] ?? {
        outcome: 'unknown',
        code: 'no_result',
        text: 'The adapter gave no result.',
      };
      this.watch(result);
      const verdict = judgeResult({
        delivery,
        result,
        intentId: intent.id,
        intentAt: intent.intentAt,
        maxAttempts: this.job.run.frozen.policy.maxAttempts,
        mayReplay: this.mayReplay(intent.firstIntentAt),
        earlierUnknown: intent.replays > 0,
        now,
        random: Math.random(),
        retryBaseMs: env().WAYBILL_RETRY_BASE_MS,
      });
      if (verdict === 'replay') keepOpen = true;
      else if (verdict !== 'untouched') outcomes.push(verdict);
    }
    if (keepOpen) this.replayAt = new Date(now.getTime() + env().WAYBILL_RETRY_BASE_MS / 15);
    this.settler.add(outcomes, keepOpen ? null : intent.id);
  }

  /** Provider and account errors stop this batch at once; what was not sent stays queued, unspent. */
  private watch(result: SendResult): void {
    if (result.outcome === 'accepted') this.healthy = true;
    if (result.outcome !== 'rejected' || result.code === 'not_started') return;
    if (result.class !== 'provider' && result.class !== 'account') return;
    this.stopped = true;
    this.trouble ??= {
      class: result.class,
      code: result.code,
      text: result.text,
      retryAfterMs: result.retryAfterMs ?? 0,
    };
  }
}

/**
 * Sends what is queued in a leased batch: intent before wire, one result per message, every result into the ledger. Stops
 * early when the lease, the run or the provider says so; what was not started stays queued. Answers when nothing of it is
 * on the wire any more, so that the next batch can leave while the last results are written.
 */
export async function sendMessages(job: SendJob): Promise<SendReport> {
  return new BatchSender(job).run();
}
