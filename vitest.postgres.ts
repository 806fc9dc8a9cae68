import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/lib/db/migrate';
import { startEmbeddedPostgres } from '@/scripts/embedded-postgres';

const TEMPLATE = 'waybill_template';

interface Server {
  urlOf(database: string): string;
  stop(): Promise<void>;
}

/** TEST_DATABASE_URL points the tests at a server that runs already; its user must be allowed to make databases. */
async function startServer(): Promise<Server> {
  const external = process.env.TEST_DATABASE_URL;
  if (!external) {
    return await startEmbeddedPostgres({
      folder: mkdtempSync(path.join(os.tmpdir(), 'waybill-test-')),
      throwaway: true,
      settings: { max_connections: '200' },
    });
  }
  const urlOf = (database: string) => Object.assign(new URL(external), { pathname: `/${database}` }).href;
  return { urlOf, stop: async () => undefined };
}

async function makeTemplate(server: Server, name: string): Promise<void> {
  const admin = postgres(server.urlOf('postgres'), { max: 1, onnotice: () => undefined });
  try {
    await admin`create database ${admin(name)}`;
    await migrate(server.urlOf(name));
  } finally {
    await admin.end();
  }
}

async function dropTemplate(server: Server, name: string): Promise<void> {
  const admin = postgres(server.urlOf('postgres'), { max: 1, onnotice: () => undefined });
  await admin`drop database if exists ${admin(name)} with (force)`;
  await admin.end();
}

/** One PostgreSQL for the whole run, with a migrated template that each suite clones (see lib/db/testing.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `${TEMPLATE}_${process.pid}`;
  await makeTemplate(server, template);
  project.provide('postgres', { adminUrl: server.urlOf('postgres'), template });
  process.env.TEST_DATABASE_URL ??= server.urlOf('postgres');
  return async () => {
    await dropTemplate(server, template);
    await server.stop();
  };
}
