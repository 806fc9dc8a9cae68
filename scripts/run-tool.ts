import { spawn } from 'node:child_process';
import path from 'node:path';
import { type Environment, forChild, givenEnvironment, ROOT } from './environment';
import { watchdog } from './watchdog';

export interface ToolResult {
  code: number;
  output: string;
}

export interface ToolOptions {
  env?: Environment;
  print?: (text: string) => void;
  signal?: AbortSignal;
}

export const binOf = (name: string) => path.join(ROOT, 'node_modules', '.bin', name);

/** Runs a command to its end in the project's folder and returns what it said; it gets no input. */
export function runTool(command: string, args: string[], options: ToolOptions = {}): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: forChild({ ...givenEnvironment(), NODE_ENV: 'test', FORCE_COLOR: '0', ...options.env }),
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid) watchdog().group(pid);
    const stop = () => {
      if (pid) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
    };
    options.signal?.addEventListener('abort', stop, { once: true });
    let output = '';
    const keep = (chunk: unknown) => {
      output += String(chunk);
      options.print?.(String(chunk));
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => keep(`${command} could not be started: ${error.message}\n`));
    child.once('close', (code) => {
      options.signal?.removeEventListener('abort', stop);
      if (pid) watchdog().forget(pid);
      resolve({ code: code ?? 1, output });
    });
  });
}
