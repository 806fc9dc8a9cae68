import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { Role } from '@/lib/domain/role';
import { verifyAuditChain } from '@/lib/features/history/verify-audit-chain';
import { acceptInvitation, readInvitation } from '@/lib/features/workspaces/accept-invitation';
import { changeMemberRole } from '@/lib/features/workspaces/change-member-role';
import { createFirstAccount, isUnclaimed } from '@/lib/features/workspaces/create-first-account';
import { createWorkspace } from '@/lib/features/workspaces/create-workspace';
import { getWorkspace } from '@/lib/features/workspaces/get-workspace';
import { inviteMember } from '@/lib/features/workspaces/invite-member';
import { listInvitations, listMembers } from '@/lib/features/workspaces/list-members';
import { removeMember } from '@/lib/features/workspaces/remove-member';
import { revokeInvitation } from '@/lib/features/workspaces/revoke-invitation';
import { updateWorkspace } from '@/lib/features/workspaces/update-workspace';

let database: TestDatabase;
let owner: Ctx;
let elsewhere: Ctx;

const as = (workspaceId: string, userId: string, role: Role): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId, name: userId, role },
});
async function newUser(id: string): Promise<string> {
  await pool()`insert into users (id, email, name) values (${id}, ${`${id}@example.com`}, ${id}) on conflict do nothing`;
  return id;
}
async function join(userId: string, role: Role): Promise<Ctx> {
  await newUser(userId);
  await pool()`insert into members (workspace_id, user_id, role) values (${owner.workspaceId}, ${userId}, ${role})`;
  return as(owner.workspaceId, userId, role);
}
const actions = async (ctx: Ctx) =>
  (
    await pool()<{ action: string }[]>`select action from audit_log where workspace_id = ${ctx.workspaceId} order by id`
  ).map((row) => row.action);

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
beforeEach(async () => {
  await newUser('usr_owner');
  await newUser('usr_other');
  const mine = await createWorkspace(
    { userId: 'usr_owner', name: 'Olga' },
    { name: 'Nordic Tele', timeZone: 'Europe/Oslo' },
  );
  const theirs = await createWorkspace({ userId: 'usr_other', name: 'Otto' }, { name: 'Nordic Tele' });
  owner = as(mine.id, 'usr_owner', 'owner');
  elsewhere = as(theirs.id, 'usr_other', 'owner');
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('the first account', () => {
  it('can be made once, also when two try at the same moment', async () => {
    await pool()`delete from users`;
    expect(await isUnclaimed()).toBe(true);
    const input = { email: 'First@Example.com', name: 'First', workspaceName: 'W', passwordHash: 'scrypt$…' };
    const tries = await Promise.allSettled([
      createFirstAccount(input),
      createFirstAccount({ ...input, email: 'b@example.com' }),
    ]);
    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await isUnclaimed()).toBe(false);
    await expect(createFirstAccount(input)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a workspace', () => {
  it('begins with its maker as owner, and keeps an address of its own beside one of the same name', async () => {
    const [mine, theirs] = [await getWorkspace(owner), await getWorkspace(elsewhere)];
    expect(mine).toMatchObject({ name: 'Nordic Tele', timeZone: 'Europe/Oslo', demo: false });
    expect(mine.slug).not.toBe(theirs.slug);
    expect(await listMembers(owner)).toMatchObject([{ userId: 'usr_owner', role: 'owner' }]);
    expect(await actions(owner)).toEqual(['workspace.created']);
  });

  it('refuses names and time zones that are none', async () => {
    const maker = { userId: 'usr_owner', name: 'Olga' };
    for (const bad of [
      { name: '' },
      { name: 'a\nb' },
      { name: '<b>' },
      { name: 'a\u202eb' },
      { name: 'W', timeZone: 'Mars/Olympus' },
    ]) {
      await expect(createWorkspace(maker, bad), JSON.stringify(bad)).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  it('changes only the settings that are given, and says in the log from what to what', async () => {
    await updateWorkspace(owner, { settings: { postalAddress: 'Storgata 1, 0155 Oslo', trackOpens: false } });
    const second = await updateWorkspace(owner, {
      name: 'Nordic',
      settings: { trackOpens: null, brandColor: '#14877d' },
    });
    expect(second.changed.sort()).toEqual(['brandColor', 'name', 'trackOpens']);
    expect(await getWorkspace(owner)).toMatchObject({
      name: 'Nordic',
      settings: { postalAddress: 'Storgata 1, 0155 Oslo', brandColor: '#14877d' },
    });
    expect((await getWorkspace(owner)).settings).not.toHaveProperty('trackOpens');
    expect((await updateWorkspace(owner, { name: 'Nordic' })).changed).toEqual([]);
    const [entry] = await pool()<{ data: unknown }[]>`
      select data from audit_log where workspace_id = ${owner.workspaceId} order by id desc limit 1`;
    expect(entry?.data).toMatchObject({
      name: { from: 'Nordic Tele', to: 'Nordic' },
      trackOpens: { from: false, to: null },
    });
    expect(await verifyAuditChain(owner)).toMatchObject({ intact: true, entries: 3 });
  });

  it('does not lose a setting when two people save different ones at once', async () => {
    await Promise.all([
      updateWorkspace(owner, { settings: { bounceLimit: 3 } }),
      updateWorkspace(owner, { settings: { defaultCountry: 'NO' } }),
      updateWorkspace(owner, { settings: { trackClicks: true } }),
    ]);
    expect((await getWorkspace(owner)).settings).toEqual({ bounceLimit: 3, defaultCountry: 'NO', trackClicks: true });
  });

  it('refuses settings that would weaken it', async () => {
    const bad = [
      { frameAncestors: ['https://x.test; script-src *'] },
      { frameAncestors: ['http://crm.example.com'] },
      { frameAncestors: ['https://crm.example.com/path'] },
      { logoUrl: 'javascript:alert(1)' },
      { brandColor: 'red;}' },
      { unknown: 1 },
    ];
    for (const settings of bad) {
      const input = { settings } as Parameters<typeof updateWorkspace>[1];
      await expect(updateWorkspace(owner, input), JSON.stringify(settings)).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  it('is changed by those who may, and never from another workspace', async () => {
    await expect(updateWorkspace(await join('usr_m', 'marketer'), { name: 'X' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await updateWorkspace(elsewhere, { name: 'Theirs' });
    expect((await getWorkspace(owner)).name).toBe('Nordic Tele');
  });
});

describe('an invitation', () => {
  it('makes a new account and a member, once', async () => {
    const { token } = await inviteMember(owner, { email: ' New.Person@Example.com', role: 'marketer' });
    expect(await readInvitation(token)).toMatchObject({
      email: 'new.person@example.com',
      workspaceName: 'Nordic Tele',
      hasAccount: false,
    });
    const joined = await acceptInvitation({ token, name: 'New Person' });
    expect(joined.workspaceId).toBe(owner.workspaceId);
    expect(await listMembers(owner)).toContainEqual(expect.objectContaining({ name: 'New Person', role: 'marketer' }));
    expect(await readInvitation(token)).toBeNull();
    await expect(acceptInvitation({ token, name: 'Again' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(inviteMember(owner, { email: 'new.person@example.com', role: 'viewer' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await actions(owner)).toEqual(['workspace.created', 'member.invited', 'member.joined']);
  });

  it('adds somebody who has an account without touching it', async () => {
    const { token } = await inviteMember(owner, { email: 'usr_other@example.com', role: 'viewer' });
    expect(await readInvitation(token)).toMatchObject({ hasAccount: true });
    await acceptInvitation({ token, name: 'Impostor', passwordHash: 'scrypt$evil' });
    const [user] = await pool()`select name, password_hash from users where id = 'usr_other'`;
    expect(user).toEqual({ name: 'usr_other', password_hash: null });
  });

  it('is replaced by a second one, whose link alone works', async () => {
    const first = await inviteMember(owner, { email: 'a@example.com', role: 'viewer' });
    const second = await inviteMember(owner, { email: 'a@example.com', role: 'admin' });
    expect(await readInvitation(first.token)).toBeNull();
    expect(await readInvitation(second.token)).toMatchObject({ role: 'admin' });
    expect(await listInvitations(owner)).toHaveLength(1);
    await Promise.all(Array.from({ length: 5 }, () => inviteMember(owner, { email: 'a@example.com', role: 'viewer' })));
    expect(await listInvitations(owner)).toHaveLength(1);
  });

  it('ends when withdrawn or after 7 days', async () => {
    const gone = await inviteMember(owner, { email: 'gone@example.com', role: 'viewer' });
    await revokeInvitation(owner, { invitationId: gone.id });
    await expect(revokeInvitation(owner, { invitationId: gone.id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(acceptInvitation({ token: gone.token })).rejects.toMatchObject({ code: 'conflict' });
    const old = await inviteMember(owner, { email: 'old@example.com', role: 'viewer' });
    await pool()`update invitations set expires_at = now() where id = ${old.id}`;
    await expect(acceptInvitation({ token: old.token })).rejects.toMatchObject({ code: 'conflict' });
    expect(await listInvitations(owner)).toMatchObject([{ email: 'old@example.com', expired: true }]);
  });

  it('is not found with a guessed token, and its token is not in the database', async () => {
    const { token } = await inviteMember(owner, { email: 'a@example.com', role: 'viewer' });
    expect(await readInvitation(`${token}x`)).toBeNull();
    const rows =
      await pool()`select to_json(i)::text as text from invitations i union all select to_json(a)::text from audit_log a`;
    expect(rows.filter((row) => row.text.includes(token))).toEqual([]);
  });

  it('goes to exactly one address', async () => {
    for (const email of ['a@example.com,b@evil.test', 'A <a@example.com>', 'a@example.com\nBcc: b@evil.test', '']) {
      await expect(inviteMember(owner, { email, role: 'viewer' })).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  it('is made and withdrawn only by those who manage members, of their own workspace', async () => {
    const marketer = await join('usr_m', 'marketer');
    await expect(inviteMember(marketer, { email: 'x@example.com', role: 'viewer' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(listInvitations(marketer)).rejects.toMatchObject({ code: 'forbidden' });
    const { id } = await inviteMember(owner, { email: 'x@example.com', role: 'viewer' });
    await expect(revokeInvitation(elsewhere, { invitationId: id })).rejects.toMatchObject({ code: 'conflict' });
    expect(await listInvitations(elsewhere)).toEqual([]);
  });

  it('cannot make an owner unless an owner sends it', async () => {
    const admin = await join('usr_a', 'admin');
    await expect(inviteMember(admin, { email: 'x@example.com', role: 'owner' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await inviteMember(admin, { email: 'x@example.com', role: 'admin' })).toMatchObject({ role: 'admin' });
  });
});

describe('a member', () => {
  it('gets another role, and the same again changes nothing', async () => {
    await join('usr_m', 'marketer');
    await changeMemberRole(owner, { userId: 'usr_m', role: 'service_agent' });
    await changeMemberRole(owner, { userId: 'usr_m', role: 'service_agent' });
    expect((await actions(owner)).filter((action) => action === 'member.role_changed')).toHaveLength(1);
    expect(await listMembers(owner)).toContainEqual(
      expect.objectContaining({ userId: 'usr_m', role: 'service_agent' }),
    );
  });

  it('who is the last owner can neither leave, be removed nor be demoted', async () => {
    await expect(changeMemberRole(owner, { userId: 'usr_owner', role: 'admin' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(removeMember(owner, { userId: 'usr_owner' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('stays an owner when two owners demote each other at the same moment', async () => {
    const second = await join('usr_second', 'owner');
    const tries = await Promise.allSettled([
      changeMemberRole(owner, { userId: 'usr_second', role: 'admin' }),
      changeMemberRole(second, { userId: 'usr_owner', role: 'admin' }),
    ]);
    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await listMembers(owner)).filter((member) => member.role === 'owner')).toHaveLength(1);
  });

  it('who is an admin cannot touch an owner or become one', async () => {
    const admin = await join('usr_a', 'admin');
    for (const refused of [
      () => changeMemberRole(admin, { userId: 'usr_a', role: 'owner' }),
      () => changeMemberRole(admin, { userId: 'usr_owner', role: 'viewer' }),
      () => removeMember(admin, { userId: 'usr_owner' }),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('may leave by themselves, and is removed only by those who manage members', async () => {
    const viewer = await join('usr_v', 'viewer');
    await join('usr_w', 'viewer');
    await expect(removeMember(viewer, { userId: 'usr_w' })).rejects.toMatchObject({ code: 'forbidden' });
    await removeMember(viewer, { userId: 'usr_v' });
    await expect(removeMember(viewer, { userId: 'usr_v' })).rejects.toMatchObject({ code: 'not_found' });
    await removeMember(owner, { userId: 'usr_w' });
    expect((await actions(owner)).slice(-2)).toEqual(['member.left', 'member.removed']);
  });

  it('of one workspace is unknown in another', async () => {
    await join('usr_m', 'marketer');
    await expect(changeMemberRole(elsewhere, { userId: 'usr_m', role: 'viewer' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(removeMember(elsewhere, { userId: 'usr_m' })).rejects.toMatchObject({ code: 'not_found' });
    expect((await listMembers(elsewhere)).map((member) => member.userId)).toEqual(['usr_other']);
  });
});
