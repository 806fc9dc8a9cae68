import cluster, { type Worker } from 'node:cluster';

const PAUSE_MS = 200;
/** So often in a row a process may end before it listens; then it is not chance. */
const TRIES = 4;

/**
 * Runs this program so many times, all listening on one port: what it does there is what each does when it is not the
 * first. One that ends is started again; all end with the first.
 */
export function keepProcesses(count: number): void {
  let isEnding = false;
  let failures = 0;
  const living = new Set<Worker>();
  const start = () => {
    if (isEnding) return;
    const worker = cluster.fork();
    living.add(worker);
    worker.once('listening', () => {
      failures = 0;
    });
  };
  const end = () => {
    isEnding = true;
    for (const worker of living) worker.process.kill('SIGTERM');
    if (living.size === 0) process.exit();
  };
  cluster.on('exit', (worker, code) => {
    living.delete(worker);
    failures += 1;
    if (isEnding) {
      if (living.size === 0) process.exit();
    } else if (failures < TRIES * count) setTimeout(start, PAUSE_MS);
    else {
      process.exitCode = code || 1;
      end();
    }
  });
  process.once('SIGTERM', end).once('SIGINT', end);
  for (let n = 0; n < count; n++) start();
}
