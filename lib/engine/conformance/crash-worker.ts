import { crashFunctions } from './crash-functions';
import { startEmbedded } from './targets';

/** `tsx crash-worker.ts <databaseUrl> <leaseMs>`: executes the crash functions until SIGTERM, or until its parent is gone. */
const [databaseUrl = '', leaseMs = '10000'] = process.argv.slice(2);
const { stop } = await startEmbedded(databaseUrl, crashFunctions, { leaseMs: Number(leaseMs), stallMs: 3000 });

process.on('SIGTERM', () => {
  stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
process.stdin.on('end', () => process.exit(1)).resume();
process.stdout.write('ready\n');
