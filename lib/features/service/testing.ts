import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { Role } from '@/lib/domain/role';
import { type CaptureFixture, captureFixture } from '@/lib/features/testing/capture-fixture';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';
import { deliveryIdToPublic } from '@/lib/ids';

export interface ServiceFixture {
  ours: DispatchFixture;
  other: DispatchFixture;
  /** A run of email, record and SMS that is over; X8 was left out of it. */
  runId: string;
  contactOf(n: number): Promise<string>;
  messageOf(contactId: string, step?: number): Promise<string>;
  /** What the provider received for an address, newest first, byte for byte. */
  received(address: string): Promise<string[]>;
  end(): Promise<void>;
}

export function agentOf(fixture: DispatchFixture, role: Role = 'service_agent', userId = 'usr_agent'): Ctx {
  return { workspaceId: fixture.ctx.workspaceId, actor: { type: 'user', userId, name: 'Mei', role } };
}

async function readInbox(capture: CaptureFixture, address: string): Promise<string[]> {
  const list = await fetch(`${capture.smsUrl}/inbox?to=${encodeURIComponent(address)}`);
  const { messages } = (await list.json()) as { messages: { id: string }[] };
  return Promise.all(
    messages.map(async ({ id }) => {
      const one = (await (await fetch(`${capture.smsUrl}/inbox/${id}`)).json()) as { raw?: string; text?: string };
      return one.raw ?? one.text ?? '';
    }),
  );
}

/** Two workspaces, one of them with eight customers and a run that has ended. */
export async function serviceFixture(): Promise<ServiceFixture> {
  const capture = await captureFixture();
  const database: TestDatabase = await testDatabase();
  await openPoolAt(database.url);
  const ours = await dispatchFixture(capture, 8);
  const other = await dispatchFixture(capture, 2, (n) => `other${n}@example.com`);
  const { workspaceId } = ours.ctx;
  const contactOf = async (n: number) => {
    const [row] = await pool()<{ id: string }[]>`
      select id from contacts where workspace_id = ${workspaceId} and external_id = ${`X${n}`}`;
    return row?.id ?? '';
  };
  await pool()`update workspaces set settings = settings || '{"defaultCountry":"SG"}' where id = ${workspaceId}`;
  await pool()`update contacts set first_name = 'Zoë', last_name = 'Ünal-Müller' where id = ${await contactOf(3)}`;
  await pool()`update contacts set phone = '+6591234567' where id = ${await contactOf(4)}`;
  await pool()`update contacts set email_opted_out_at = now() where id = ${await contactOf(8)}`;
  const runId = await launchAndQueue(ours, draftOf(ours, ['email', 'record', 'sms']));
  await sendAll(ours, runId);
  return {
    ours,
    other,
    runId,
    contactOf,
    messageOf: async (contactId, step = 0) => {
      const [row] = await pool()<{ id: string }[]>`
        select id from deliveries
        where run_id = ${runId} and contact_id = ${contactId} and step = ${step} and resend_of is null`;
      return deliveryIdToPublic(row?.id ?? '0');
    },
    received: (address) => readInbox(capture, address),
    end: async () => {
      await closeTestChannels();
      await closePool();
      await database.drop();
      await capture.close();
    },
  };
}
