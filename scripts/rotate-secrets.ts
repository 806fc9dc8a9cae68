import path from 'node:path';
import { closePool, openPoolAt } from '@/lib/db/client';
import { rotateSecrets } from '@/lib/features/secrets/rotate-secrets';
import { readArguments, runCommand } from './command';
import { adoptEnvironment, givenEnvironment, localSecrets, ROOT } from './environment';
import { runningUrl } from './postgres/running-url';

const USAGE = 'node scripts/run.mjs rotate-secrets [--demo]';
const { values } = readArguments({ demo: { type: 'boolean' } }, USAGE);

/** Closes every stored secret under the new WAYBILL_SECRET, so that the previous one can be forgotten. */
runCommand(async () => {
  const given = givenEnvironment();
  const home = path.join(ROOT, '.waybill', ...(values.demo ? ['demo'] : []));
  const url = (values.demo ? undefined : given.DATABASE_URL) ?? runningUrl(path.join(home, 'pg'));
  if (!url) throw new Error('No database runs here. Start Waybill first, or set DATABASE_URL.');
  const own = given.WAYBILL_SECRET ? {} : localSecrets(home);
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
  adoptEnvironment({ ...own, ...set, DATABASE_URL: url });
  await openPoolAt(url, 1);
  try {
    const { rows, rewrapped, unopened } = await rotateSecrets();
    console.log(`${rows} secrets looked at, ${rewrapped} closed anew.`);
    for (const { table, id, why } of unopened) console.log(`  ${table} ${id} does not open: ${why}`);
    if (unopened.length > 0) {
      console.log('Keep WAYBILL_SECRET_PREVIOUS until these are entered anew in Settings.');
      return 1;
    }
    console.log('WAYBILL_SECRET_PREVIOUS is needed only for links in mails that were sent under it.');
    return 0;
  } finally {
    await closePool();
  }
});
