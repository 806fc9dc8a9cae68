// Entry of every npm script: `node scripts/run.mjs NAME [args]`. Plain Node without dependencies, because it installs them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mendDriver } from './mend-driver.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const LEAST_NODE = [20, 19];
const STAMP = 'node_modules/.waybill-lock';

const hashOf = (text) => createHash('sha256').update(text).digest('hex');

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  stop(
    `Waybill needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}. Install a newer Node.js.`,
  );
}

function readText(file) {
  try {
    return readFileSync(path.resolve(root, file), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw new Error(`${file} cannot be read: ${error.message}`, { cause: error });
  }
}

function matches(lock, installed, mayLackDev) {
  return Object.entries(lock.packages).every(([name, wanted]) => {
    if (name === '' || wanted.link) return true;
    const found = installed.packages[name];
    if (found) return found.version === wanted.version;
    return wanted.optional || wanted.devOptional || wanted.peer || (wanted.dev && mayLackDev);
  });
}

/** missing, outdated or current. npm writes its hidden lock file last, so an interrupted install counts as missing. */
function installState(scriptName) {
  const installed = readText('node_modules/.package-lock.json');
  if (!installed) return 'missing';
  const lock = readText('package-lock.json');
  if (!lock || readText(STAMP) === hashOf(lock)) return 'current';
  const mayLackDev = ['start', 'demo', 'build'].includes(scriptName);
  return matches(JSON.parse(lock), JSON.parse(installed), mayLackDev) ? 'current' : 'outdated';
}

function rememberInstalled() {
  const lock = readText('package-lock.json');
  if (lock) writeFileSync(path.join(root, STAMP), hashOf(lock));
}

function reasonOf(output, code) {
  if (/ENOSPC/.test(output)) return 'the disk is full';
  if (/EACCES|EPERM|EROFS/.test(output)) return `this user may not write in ${root}`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network/i.test(output))
    return 'the npm registry cannot be reached';
  if (/ETARGET|E404|No matching version/.test(output)) return 'the npm registry does not have a package that is needed';
  if (/EINTEGRITY/.test(output)) return 'a downloaded package is not the one that was recorded (integrity mismatch)';
  if (/EUSAGE/.test(output)) return 'package.json and package-lock.json do not agree';
  return `npm ended with code ${code}`;
}

function npmCommand() {
  const fromNpm = process.env.npm_execpath;
  if (fromNpm && /npm-cli\.[cm]?js$/.test(fromNpm)) return [process.execPath, [fromNpm], false];
  return ['npm', [], process.platform === 'win32'];
}

function install(state) {
  const verb = !existsSync(path.join(root, 'package-lock.json'))
    ? ['install']
    : state === 'missing'
      ? ['ci']
      : ['install', '--no-save'];
  console.error(
    state === 'missing'
      ? `Installing the dependencies (npm ${verb[0]}): a minute or two, once.`
      : `The installed dependencies differ from package-lock.json: updating them (npm ${verb.join(' ')}).`,
  );
  const [command, prefix, shell] = npmCommand();
  const args = [...prefix, ...verb, '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--no-progress'];
  const startedAt = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const ticker = setInterval(
      () => console.error(`  … installing, ${Math.round((Date.now() - startedAt) / 1000)} s`),
      15_000,
    );
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('error', (error) => {
      clearInterval(ticker);
      stop(`npm could not be started (${error.message}). Install npm, or run \`npm ci\` in ${root} yourself.`);
    });
    child.once('close', (code, signal) => {
      clearInterval(ticker);
      process.off('SIGINT', forward).off('SIGTERM', forward);
      if (signal === 'SIGINT' || signal === 'SIGTERM' || code === 130) process.exit(130);
      if (code !== 0) {
        console.error(output.trimEnd().split('\n').slice(-25).join('\n'));
        stop(`The dependencies could not be installed: ${reasonOf(output, code)}.`);
      }
      console.error(`Dependencies installed in ${((Date.now() - startedAt) / 1000).toFixed(0)} s.`);
      rememberInstalled();
      resolve();
    });
  });
}

/** The parent of a process, where the system shows it as a file. */
function parentOf(pid) {
  const stat = readText(`/proc/${pid}/stat`);
  return stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] : null;
}

/**
 * A killed npm cannot tell us, nor can the shell it put between; its script must not outlive it. Only under npm: a shell
 * may go and leave its job running.
 */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const shellOf = parentOf(parent);
  setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === shellOf) return;
    process.kill(process.pid, 'SIGTERM');
  }, 1000).unref();
}

async function main() {
  requireNode();
  const [name, ...args] = process.argv.slice(2);
  const script = path.join(root, 'scripts', `${name}.ts`);
  if (!name || !/^[a-z][a-z-]*$/.test(name) || !existsSync(script)) {
    stop(`There is no script «${name ?? ''}» in ${path.join(root, 'scripts')}. package.json lists those that exist.`);
  }
  process.chdir(root);
  const state = installState(name);
  if (state !== 'current') await install(state);
  mendDriver();
  endWithNpm();
  process.argv = [process.argv[0], script, ...args];
  await import('tsx');
  await import(pathToFileURL(script).href);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
