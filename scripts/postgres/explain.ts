const KNOWN: [RegExp, string][] = [
  [
    /No space left on device|Check free disk space|ENOSPC/,
    'the disk is full. Free some space and start again; what was committed is kept',
  ],
  [
    /database files are incompatible|was initialized by PostgreSQL version/,
    'its data was made by another PostgreSQL version',
  ],
  [/Permission denied|EACCES|EPERM|Operation not permitted/, 'this user may not read or write its data folder'],
  [/Read-only file system|EROFS|ENOENT.*mkdir/, 'its data folder cannot be made there (is the file system read-only?)'],
  [
    /could not look up effective user ID|user does not exist/,
    'this user id has no name in /etc/passwd, which PostgreSQL requires. Add one, or set DATABASE_URL',
  ],
  [/Cannot allocate memory|could not map anonymous shared memory/, 'there is not enough memory for it'],
  [
    /invalid (primary )?checkpoint|could not locate a valid checkpoint/,
    'its data is damaged. Restore a backup into the data folder',
  ],
];

export function isPortTaken(log: string): boolean {
  return /Address already in use|could not bind/.test(log);
}

/** A server killed a moment ago may still hold its memory; the next attempt finds it gone. */
export function isStillLeaving(log: string): boolean {
  return /shared memory block .* is still in use|lock file "postmaster.pid" already exists/.test(log);
}

/** One sentence for what PostgreSQL's log says, with where to read more. */
export function explainPostgres(log: string, folder: string): string {
  const known = KNOWN.find(([pattern]) => pattern.test(log));
  const fatal = log.split('\n').findLast((line) => /FATAL|PANIC|error:/.test(line));
  const why = known?.[1] ?? fatal?.replace(/^.*?(FATAL|PANIC|error):\s*/, '') ?? 'it gave no reason';
  return `The embedded PostgreSQL did not start: ${why.replace(/\.$/, '')}. Its data and log are in ${folder}.`;
}
