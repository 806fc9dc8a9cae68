import { parseArgs } from 'node:util';
import type { Stack } from './stack';

type Flags = Record<string, { type: 'boolean' | 'string' }>;

/** Parses the arguments of a script; ends with the usage if they make no sense. */
export function readArguments<F extends Flags>(options: F, usage: string) {
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true, strict: true });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nUsage: ${usage}`);
    process.exit(2);
  }
}

/** Runs a script to its end: an error is one readable message and exit code 1; WAYBILL_DEBUG shows the stack too. */
export function runCommand(work: () => Promise<number | undefined>): void {
  work().then(
    (code) => process.exit(code ?? 0),
    (error) => {
      console.error(error instanceof Error ? error.message : error);
      if (error instanceof Error && process.argv.includes('--trace')) console.error(error.stack);
      process.exit(1);
    },
  );
}

/** Resolves with the signal's exit code when the person ends the script; a second signal ends it at once. */
export function interrupted(): Promise<number> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (code: number) => () => {
      if (asked) process.exit(code);
      asked = true;
      resolve(code);
    };
    process.on('SIGINT', onSignal(130)).on('SIGTERM', onSignal(143)).on('SIGHUP', onSignal(129));
  });
}

/** The port a person asked for, and whether only that will do. */
export function askedPort(flag: string | undefined, given: string | undefined, usual: number) {
  const asked = flag ?? (given || undefined);
  if (asked === undefined) return { port: usual, insistOnPort: false };
  if (!/^\d+$/.test(asked)) throw new Error(`«${asked}» is not a port: use a number from 1 to 65535.`);
  return { port: Number(asked), insistOnPort: true };
}

/** Keeps a stack up until a signal or until it fails, then stops it. */
export async function stayUp(stack: Stack, untilSignal: Promise<number>, say: (line: string) => void): Promise<number> {
  try {
    const code = await Promise.race([untilSignal, stack.failed]);
    say('Stopping.');
    return code === 129 ? 129 : 0;
  } finally {
    await stack.stop();
  }
}
