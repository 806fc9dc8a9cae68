import { launchLink } from '@/lib/auth/launch-link';
import { hashPassword } from '@/lib/auth/password';
import { replaceRecoveryCodes } from '@/lib/auth/recovery-codes';
import { secretPlace } from '@/lib/auth/second-factor';
import { newTotpSecret } from '@/lib/auth/totp';
import type { Ctx } from '@/lib/context';
import { closePool, pool, type Tx, withSystemTx } from '@/lib/db/client';
import { env } from '@/lib/env';
import { sealSecret } from '@/lib/features/secrets/envelope';
import { findOrCreateUser } from '@/lib/features/workspaces/create-user';
import { createWorkspaceIn } from '@/lib/features/workspaces/create-workspace';
import { closeEnginePool } from '@/lib/jobs/client';
import { scenario } from '../scripts/demo-scenario';
import type { Environment } from '../scripts/environment';
import type { Stack } from '../scripts/stack';
import { seedNight } from './seed-night';

const HOUR_MS = 3_600_000;

const PASSWORD = 'just looking, thank you';
const VIEWER = { email: 'vera.lim@merlion-mobile.example', name: 'Vera Lim' };
const CAREFUL = { email: 'tova.lind@fjord-mobil.example', name: 'Tova Lind' };
const COLLEAGUE = { email: 'per.dahl@fjord-mobil.example', name: 'Per Dahl' };
const GUARDED = { email: 'siv.aas@fjord-mobil.example', name: 'Siv Aas' };
const NIGHT_OWL = { email: 'nora.eide@midnattsol.example', name: 'Nora Eide' };
const NEWCOMER = { email: 'nils.berg@nordlys.example', name: 'Nils Berg' };

/** Two-factor sign-in as it is once somebody has set it up. Answers what their app holds. */
async function guard(tx: Tx, userId: string): Promise<string> {
  const secret = newTotpSecret();
  const sealed = JSON.stringify(sealSecret(secretPlace(userId), secret));
  await tx.sql`insert into second_factors (user_id, secret) values (${userId}, ${sealed}::text::jsonb)`;
  await tx.sql`update users set second_factor_at = now() where id = ${userId}`;
  await replaceRecoveryCodes(tx, userId);
  return secret;
}

/** The owner of a workspace where it is night. */
async function addNightOwl(passwordHash: string): Promise<Ctx> {
  return await withSystemTx(async (tx) => {
    const { id: userId, name } = await findOrCreateUser(tx, { ...NIGHT_OWL, passwordHash });
    const place = { name: 'Midnattsol Mobil', timeZone: 'Europe/Oslo', demo: false };
    const { id: workspaceId } = await createWorkspaceIn(tx, { userId, name }, place);
    return { workspaceId, actor: { type: 'user', userId, name, role: 'owner' } };
  });
}

/** One who may only look, one whose workspace has nothing in it yet, and three whose workspace is about how one signs in. */
async function addPeople(passwordHash: string): Promise<{ secret: string }> {
  return await withSystemTx(async (tx) => {
    const viewer = await findOrCreateUser(tx, { ...VIEWER, passwordHash });
    await tx.sql`
      insert into members (workspace_id, user_id, role) select id, ${viewer.id}, 'viewer' from workspaces where demo`;
    const newcomer = await findOrCreateUser(tx, { ...NEWCOMER, passwordHash });
    const owner = { userId: newcomer.id, name: newcomer.name };
    await createWorkspaceIn(tx, owner, { name: 'Nordlys Telecom', timeZone: 'Europe/Oslo', demo: false });
    const careful = await findOrCreateUser(tx, { ...CAREFUL, passwordHash });
    const fjord = { name: 'Fjord Mobil', timeZone: 'Europe/Oslo', demo: false };
    const { id } = await createWorkspaceIn(tx, { userId: careful.id, name: careful.name }, fjord);
    const colleague = await findOrCreateUser(tx, { ...COLLEAGUE, passwordHash });
    const guarded = await findOrCreateUser(tx, { ...GUARDED, passwordHash });
    await tx.sql`
      insert into members (workspace_id, user_id, role)
      values (${id}, ${colleague.id}, 'marketer'), (${id}, ${guarded.id}, 'marketer')`;
    return { secret: await guard(tx, guarded.id) };
  });
}

/**
 * The demo's workspace with its campaign sent to the end, so that every page has something true to show. Specs sign in
 * through SIGN_IN_URL and find the run in RUN_ID.
 */
export async function seed(stack: Stack): Promise<Environment> {
  const capture = {
    appUrl: stack.appUrl,
    databaseUrl: stack.databaseUrl,
    captureSmtpPort: Number(stack.env.WAYBILL_CAPTURE_SMTP_PORT),
    captureHttpUrl: stack.env.WAYBILL_CAPTURE_HTTP_URL ?? '',
  };
  const run = await scenario.begin({
    ...capture,
    say: (line) => console.log(`   ${line}`),
    signal: AbortSignal.timeout(180_000),
  });
  // tests have better things to do than to watch the demo's pace
  await pool()`update runs set max_per_second = null where id = ${run.runId}`;
  for (;;) {
    const { status } = await scenario.progress(run.runId);
    if (status === 'completed') break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const passwordHash = await hashPassword(PASSWORD);
  const { secret } = await addPeople(passwordHash);
  const nightRunId = await seedNight(await addNightOwl(passwordHash), capture);
  const signInUrl = launchLink('demo', stack.appUrl, env().WAYBILL_SECRET, Date.now() + HOUR_MS);
  await closePool();
  await closeEnginePool();
  return {
    SIGN_IN_URL: signInUrl,
    RUN_ID: run.runId,
    VIEWER_EMAIL: VIEWER.email,
    NEWCOMER_EMAIL: NEWCOMER.email,
    CAREFUL_EMAIL: CAREFUL.email,
    COLLEAGUE_EMAIL: COLLEAGUE.email,
    GUARDED_EMAIL: GUARDED.email,
    GUARDED_SECRET: secret,
    NIGHT_OWL_EMAIL: NIGHT_OWL.email,
    NIGHT_RUN_ID: nightRunId,
    PEOPLE_PASSWORD: PASSWORD,
  };
}
