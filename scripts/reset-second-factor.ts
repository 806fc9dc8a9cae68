import path from 'node:path';
import { readSignInEmail } from '@/lib/auth/email-address';
import { resetByOperator } from '@/lib/auth/reset-second-factor';
import { closePool, openPoolAt } from '@/lib/db/client';
import { readArguments, runCommand } from './command';
import { givenEnvironment, ROOT } from './environment';
import { runningUrl } from './postgres/running-url';

const USAGE = 'node scripts/run.mjs reset-second-factor ada@example.com [--demo]';
const { values, positionals } = readArguments({ demo: { type: 'boolean' } }, USAGE);

/** For somebody who lost their phone and their recovery codes, and whom no owner can help: perhaps the only owner. */
runCommand(async () => {
  const email = readSignInEmail(positionals[0]);
  if (!email) {
    console.error(`Say whose.\nUsage: ${USAGE}`);
    return 2;
  }
  const home = path.join(ROOT, '.waybill', ...(values.demo ? ['demo'] : []));
  const url = (values.demo ? undefined : givenEnvironment().DATABASE_URL) ?? runningUrl(path.join(home, 'pg'));
  if (!url) throw new Error('No database runs here. Start Waybill first, or set DATABASE_URL.');
  await openPoolAt(url, 1);
  try {
    const reset = await resetByOperator(email);
    if (!reset) {
      console.error(`${email} has no account here, or no two-factor sign-in. Nothing was changed.`);
      return 1;
    }
    console.log(`${reset.name} (${email}) signs in without a code now; ${reset.ended} sessions ended. Tell them.`);
    return 0;
  } finally {
    await closePool();
  }
});
