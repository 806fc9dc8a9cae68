import { describe, expect, it } from 'vitest';
import { explainPostgres } from './explain';

const FULL = `FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 9
HINT:  Check free disk space.
PANIC:  cannot abort transaction 1, it was already committed`;

describe('why PostgreSQL did not start', () => {
  it.each([
    [FULL, 'the disk is full'],
    ['FATAL: could not write to file "pg_wal/x": No space left on device', 'the disk is full'],
    ['FATAL:  data directory "/x" has wrong ownership\nPermission denied', 'may not read or write'],
    ['DETAIL:  The data directory was initialized by PostgreSQL version 17', 'another PostgreSQL version'],
    ['initdb: error: could not look up effective user ID 4242: user does not exist', 'no name in /etc/passwd'],
    ["FATAL: ENOENT: no such file or directory, mkdir '/ro/pg'", 'read-only'],
    ['LOG: a\nFATAL:  unrecognized configuration parameter "x"', 'unrecognized configuration parameter "x"'],
    ['', 'it gave no reason'],
  ])('is one sentence with the place of the log: %s', (log, why) => {
    const sentence = explainPostgres(log, '/home/a/pg');
    expect(sentence).toContain(why);
    expect(sentence).toContain('/home/a/pg');
    expect(sentence).not.toContain('\n');
  });
});
