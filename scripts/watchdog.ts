import { spawn } from 'node:child_process';

// Reads until its input ends, which the system sees to even when the owner is killed with SIGKILL. Dead processes that
// nobody collects (a container without init) still answer kill -0: their state and PostgreSQL's pid file tell better.
const PROGRAM = `
groups= ; servers= ; folders= ; nl='
'
while read -r verb arg; do
  case $verb in
    group) groups="$groups $arg" ;;
    forget) rest= ; for g in $groups; do [ "$g" = "$arg" ] || rest="$rest $g"; done; groups=$rest ;;
    postgres) servers="$servers$arg$nl" ;;
    remove) folders="$folders$arg$nl" ;;
  esac
done
runs() {
  kill -0 "-$1" 2>/dev/null || return 1
  [ -r "/proc/$1/stat" ] || return 0
  read -r state < "/proc/$1/stat"
  case $state in *') Z '*) return 1 ;; esac
}
for g in $groups; do kill -TERM "-$g" 2>/dev/null; done
i=0
while [ $i -lt 40 ]; do
  left= ; for g in $groups; do runs "$g" && left=1; done
  [ "$left" ] || break
  sleep 0.2; i=$((i + 1))
done
for g in $groups; do kill -KILL "-$g" 2>/dev/null; done
IFS=$nl
serves() { [ "$(head -n 1 "$2/postmaster.pid" 2>/dev/null)" = "$1" ]; }
for server in $servers; do
  pid=\${server%% *} ; data=\${server#* }
  for signal in INT QUIT KILL; do
    serves "$pid" "$data" || break
    kill -$signal "$pid" 2>/dev/null || break
    i=0
    while [ $i -lt 50 ] && serves "$pid" "$data"; do sleep 0.1; i=$((i + 1)); done
  done
done
for folder in $folders; do rm -rf "$folder"; done
`;

/** What must not outlive this process, however it ends. */
export interface Watchdog {
  /** A process group: asked to end, killed after eight seconds. */
  group(pid: number): void;
  forget(pid: number): void;
  /** A PostgreSQL: shut down after the groups, if its data folder still names it and not a successor. */
  postgres(pid: number, dataFolder: string): void;
  /** A temporary folder: removed at the end. */
  remove(folder: string): void;
}

const NOTHING: Watchdog = {
  group: () => undefined,
  forget: () => undefined,
  postgres: () => undefined,
  remove: () => undefined,
};

let shared: Watchdog | null = null;

/**
 * The watchdog of this process, started on first use: a small shell in a session of its own that notices this process's
 * death, SIGKILL included, and ends what was named to it. On Windows there is none; children see the closed channel.
 */
export function watchdog(): Watchdog {
  shared ??= process.platform === 'win32' ? NOTHING : start();
  return shared;
}

function start(): Watchdog {
  const shell = spawn('/bin/sh', ['-c', PROGRAM], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.unref();
  const input = shell.stdin;
  input.on('error', () => undefined);
  if ('unref' in input && typeof input.unref === 'function') input.unref();
  const tell = (line: string) => void input.write(`${line}\n`);
  return {
    group: (pid) => tell(`group ${pid}`),
    forget: (pid) => tell(`forget ${pid}`),
    postgres: (pid, folder) => tell(`postgres ${pid} ${folder}`),
    remove: (folder) => tell(`remove ${folder}`),
  };
}
