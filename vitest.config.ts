import path from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const PLACES = ['lib', 'emails', 'components', 'app', 'scripts'];
const root = import.meta.dirname;

export default defineConfig({
  resolve: { alias: { '@': root, 'server-only': path.join(root, 'node_modules/server-only/empty.js') } },
  test: {
    maxWorkers: 2,
    // suites point the pool at their own database with usePool(); this one must never be reached
    env: {
      WAYBILL_SECRET: 'a secret of the tests, forty characters long',
      WAYBILL_WEBHOOK_PRIVATE_HOSTS: '127.0.0.1',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    },
    exclude: [...configDefaults.exclude, 'e2e/**', '.waybill/**'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // property tests on a busy machine
          testTimeout: 60_000,
          include: PLACES.map((place) => `${place}/**/*.test.{ts,tsx}`),
          exclude: [...configDefaults.exclude, '**/*.db.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: PLACES.map((place) => `${place}/**/*.db.test.ts`),
          globalSetup: './vitest.postgres.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
