import path from 'node:path';
import { closePool, openPoolAt } from '@/lib/db/client';
import { grantSqlAccess, revokeSqlAccess } from '@/lib/features/workspaces/sql-access';
import { readArguments, runCommand } from './command';
import { givenEnvironment, ROOT } from './environment';
import { runningUrl } from './postgres/running-url';

const USAGE = 'npm run sql-access -- --workspace ID-OR-SLUG [--name reader] [--revoke] [--demo]';
const { values } = readArguments(
  { workspace: { type: 'string' }, name: { type: 'string' }, revoke: { type: 'boolean' }, demo: { type: 'boolean' } },
  USAGE,
);

/** Gives or ends a read-only login to the SQL views of one workspace. */
runCommand(async () => {
  if (!values.workspace) {
    console.error(`Say which workspace.\nUsage: ${USAGE}`);
    return 2;
  }
  const home = path.join(ROOT, '.waybill', ...(values.demo ? ['demo'] : []));
  const url = (values.demo ? undefined : givenEnvironment().DATABASE_URL) ?? runningUrl(path.join(home, 'pg'));
  if (!url) throw new Error('No database runs here. Start Waybill first, or set DATABASE_URL.');
  await openPoolAt(url, 1);
  try {
    if (values.revoke) {
      const { role } = await revokeSqlAccess(values.workspace, values.name);
      console.log(`${role} cannot sign in any more.`);
      return 0;
    }
    const access = await grantSqlAccess(values.workspace, values.name);
    const login = Object.assign(new URL(url), { username: access.role, password: access.password });
    console.log(`Read-only access to “${access.workspaceName}” (shown this once):

  ${login.href}

  psql '${login.href}' -c 'select * from run_progress_v1'

Views: campaign_base_v1, contact_message_v1, run_progress_v1, suppression_v1, output_v1 (\\d+ in psql says what each column means).`);
    return 0;
  } finally {
    await closePool();
  }
});
