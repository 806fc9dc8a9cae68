import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '/work/main/scripts/embedded-postgres';
import { benchEngine } from '/work/main/lib/engine/bench';
const server = await startEmbeddedPostgres({ folder: mkdtempSync(path.join(os.tmpdir(), 'enginebench-')), throwaway: process.argv[2] !== 'durable' });
const admin = postgres(server.urlOf('postgres'), { max: 1 });
for (let i = 0; i < 3; i++) {
  await admin.unsafe(`create database bench${i}`);
  const u0 = process.cpuUsage();
  const r = await benchEngine(server.urlOf(`bench${i}`));
  const u = process.cpuUsage(u0);
  console.log(r, 'cpu s', (u.user + u.system) / 1e6, 'load', os.loadavg()[0]);
}
await admin.end();
await server.stop();
