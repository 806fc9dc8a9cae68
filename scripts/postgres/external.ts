import postgres from 'postgres';
import { describeError } from '@/lib/errors';

const LEAST_VERSION = 15;

const REASONS: [RegExp, string][] = [
  [
    /^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH)$/,
    'nothing answers there. Start PostgreSQL or correct DATABASE_URL',
  ],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'there is no such host. Correct DATABASE_URL'],
  [/^(CONNECT_TIMEOUT|ETIMEDOUT)$/, 'it does not answer in time. See that no firewall is between'],
  [/^(28P01|28000)$/, 'it refuses this user or password. Correct DATABASE_URL'],
  [/^3D000$/, 'it has no database of this name. Create it or correct DATABASE_URL'],
  [/^53300$/, 'it takes no more connections. Raise max_connections or lower WAYBILL_DB_POOL'],
  [/^57P0\d$/, 'it is starting up or shutting down. Try again in a moment'],
];

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The address without the password. */
function placeOf(url: string): string {
  const { host, pathname, username } = new URL(url);
  return `${username ? `${decodeURIComponent(username)}@` : ''}${host}${pathname}`;
}

function explainDatabase(url: string, error: unknown): string {
  const known = REASONS.find(([code]) => code.test(codeOf(error)))?.[1];
  return `The database ${placeOf(url)} cannot be used: ${known ?? describeError(error)}. Nothing was changed.`;
}

/** Throws one sentence, saying what to do, if this PostgreSQL cannot be reached or is too old. */
export async function checkExternalDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    const [row] = await sql<{ version: number }[]>`
      select current_setting('server_version_num')::int / 10000 as version`;
    if (row && row.version < LEAST_VERSION)
      throw new Error(
        `it is PostgreSQL ${row.version}; Waybill needs ${LEAST_VERSION} or newer. Upgrade it or choose another with DATABASE_URL`,
      );
  } catch (error) {
    throw new Error(explainDatabase(url, error), { cause: error });
  } finally {
    await sql.end({ timeout: 2 });
  }
}
