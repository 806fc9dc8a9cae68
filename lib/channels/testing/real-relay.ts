import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type RelayKind = 'exim' | 'postfix';

export interface RealRelay {
  port: number;
  stop(): Promise<void>;
}

const BINARIES: Record<RelayKind, string[]> = {
  exim: ['/usr/sbin/exim4', '/usr/sbin/exim', '/opt/homebrew/bin/exim'],
  postfix: ['/usr/sbin/postfix', '/usr/local/sbin/postfix'],
};

function binaryOf(kind: RelayKind): string | undefined {
  return BINARIES[kind].find((file) => existsSync(file));
}

/** The relays of this machine that a test can start: Postfix only as root, Exim as anybody. */
export function installedRelays(): RelayKind[] {
  const isRoot = process.getuid?.() === 0;
  return (['exim', 'postfix'] as const).filter((kind) => binaryOf(kind) && (kind === 'exim' || isRoot));
}

function idOf(user: string, flag: '-u' | '-g'): number | null {
  try {
    return Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null; // no such user: the relay runs as whoever runs this
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves once something greets at the port; rejects after a minute. */
async function greeted(port: number): Promise<void> {
  const endAt = Date.now() + 60_000;
  for (;;) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
      socket.once('data', () => socket.end('QUIT\r\n'));
    });
    if (isUp) return;
    if (Date.now() > endAt) throw new Error(`Nothing greets at port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const eximConfig = (folder: string, port: number, onwardPort: number) => `
primary_hostname = relay.example
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
tls_advertise_hosts =
host_lookup =
smtp_accept_max_per_connection = 40
smtp_accept_queue_per_connection = 0
acl_smtp_rcpt = recipient
begin acl
recipient:
  deny local_parts = nobody
    message = 5.1.1 no such user
  defer local_parts = busy
    message = 4.2.1 mailbox busy
  accept
begin routers
onward:
  driver = manualroute
  route_list = * 127.0.0.1
  self = send
  transport = onward
begin transports
onward:
  driver = smtp
  port = ${onwardPort}
  allow_localhost
  hosts_try_chunking =
  hosts_avoid_tls = *
begin retry
* * F,1h,1s
`;

const postfixMain = (folder: string, onwardPort: number) => `
compatibility_level = 3.6
myhostname = relay.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
mynetworks = 127.0.0.0/8
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/log/maillog
maillog_file_prefixes = ${folder}
relayhost = [127.0.0.1]:${onwardPort}
smtp_tls_security_level = none
default_destination_concurrency_limit = 20
smtpd_recipient_restrictions = check_recipient_access inline:{ { nobody@recipient.example = 550 5.1.1 no such user }, { busy@recipient.example = 450 4.2.1 mailbox busy } }, permit_mynetworks, reject
`;

const postfixMaster = (port: number) => `
127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
`;

function startExim(folder: string, port: number, onwardPort: number): ChildProcess {
  const config = join(folder, 'exim.conf');
  writeFileSync(config, eximConfig(folder, port, onwardPort), { mode: 0o644 });
  const uid = process.getuid?.() === 0 ? idOf('Debian-exim', '-u') : null;
  const gid = uid === null ? null : idOf('Debian-exim', '-g');
  for (const part of ['', 'spool', 'log']) {
    const path = join(folder, part);
    mkdirSync(path, { recursive: true });
    if (uid !== null && gid !== null) chownSync(path, uid, gid);
  }
  return spawn(binaryOf('exim') ?? 'exim', ['-C', config, '-bdf', '-q5s'], { stdio: 'ignore' });
}

function startPostfix(folder: string, port: number, onwardPort: number): ChildProcess {
  for (const part of ['config', 'queue', 'data', 'log']) mkdirSync(join(folder, part), { recursive: true });
  const uid = idOf('postfix', '-u');
  const gid = idOf('postfix', '-g');
  if (uid !== null && gid !== null) chownSync(join(folder, 'data'), uid, gid);
  writeFileSync(join(folder, 'config/main.cf'), postfixMain(folder, onwardPort));
  writeFileSync(join(folder, 'config/master.cf'), postfixMaster(port));
  return spawn(binaryOf('postfix') ?? 'postfix', ['-c', join(folder, 'config'), 'start-fg'], { stdio: 'ignore' });
}

/**
 * Starts a Postfix or Exim of this machine with a configuration of its own on a free port. It refuses
 * `nobody@recipient.example` for good, puts `busy@recipient.example` off, and hands everything else on to `onwardPort`.
 */
export async function startRealRelay(kind: RelayKind, onwardPort: number): Promise<RealRelay> {
  const folder = mkdtempSync(join(tmpdir(), `waybill-${kind}-`));
  chmodSync(folder, 0o755); // its processes run as users of their own
  const port = await freePort();
  const child = (kind === 'exim' ? startExim : startPostfix)(folder, port, onwardPort);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    // what `postfix start-fg` began outlives it
    if (kind === 'postfix')
      execFileSync(binaryOf(kind) ?? kind, ['-c', join(folder, 'config'), 'stop'], { stdio: 'ignore' });
    child.kill('SIGTERM');
    await ended;
    // deliveries under way may still write their last line
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    await greeted(port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}
