/**
 * Who may import whom. A place is a folder or file from the root; the longest that fits a path counts. What a place may
 * import is listed; its own files and the base (errors, ids) are always allowed, except where `base` is false.
 */
export interface Place {
  at: string;
  mayImport: string[];
  base?: boolean;
  /** The only packages and Node modules it may import; without it any that no other rule keeps to a place. */
  packages?: string[];
  why: string;
}

const BASE_OF_THE_CODE = ['lib/context', 'lib/domain'];

export const BASE = ['lib/errors', 'lib/ids', 'package.json'];

export const PLACES: Place[] = [
  {
    at: 'lib/domain',
    mayImport: ['lib/errors'],
    base: false,
    packages: ['zod'],
    why: 'domain is pure: it imports zod, lib/errors and itself',
  },
  {
    at: 'lib/features',
    mayImport: [...BASE_OF_THE_CODE, 'lib/env', 'lib/db', 'lib/channels', 'emails'],
    why: 'features → db, channels, emails → domain',
  },
  { at: 'lib/channels', mayImport: ['lib/domain', 'lib/env'], why: 'a channel knows its provider and the domain' },
  {
    at: 'lib/channels/capture',
    mayImport: ['lib/channels', 'lib/domain', 'lib/env', 'lib/db'],
    why: 'capture is a process of its own',
  },
  {
    at: 'lib/engine',
    mayImport: ['lib/db'],
    base: false,
    why: 'the engine knows PostgreSQL and the protocol, nothing of campaigns',
  },
  {
    at: 'lib/jobs',
    mayImport: [...BASE_OF_THE_CODE, 'lib/env', 'lib/features', 'lib/engine', 'lib/channels', 'lib/db'],
    why: 'jobs → features, and the provider connections that the worker keeps open',
  },
  {
    at: 'lib/http',
    mayImport: [...BASE_OF_THE_CODE, 'lib/env', 'lib/features', 'lib/auth', 'lib/db'],
    why: 'http → features, auth',
  },
  {
    at: 'lib/auth',
    mayImport: [...BASE_OF_THE_CODE, 'lib/env', 'lib/features', 'lib/db', 'lib/channels', 'emails'],
    why: 'auth → features',
  },
  { at: 'lib/db', mayImport: [...BASE_OF_THE_CODE, 'lib/env'], why: 'db → domain' },
  { at: 'lib/env', mayImport: [], base: false, packages: ['zod'], why: 'env stands alone' },
  { at: 'lib/errors', mayImport: [], base: false, packages: [], why: 'errors stands alone' },
  { at: 'lib/ids', mayImport: [], base: false, packages: ['node:crypto'], why: 'ids stands alone' },
  { at: 'lib/context', mayImport: ['lib/domain'], why: 'context → domain' },
  {
    at: 'components',
    mayImport: ['lib/domain', 'lib/http'],
    why: 'components never import features, db, jobs, channels, env, app; server actions arrive as props',
  },
  { at: 'emails', mayImport: ['lib/domain'], why: 'emails never import features, db, jobs, channels, env, app' },
  {
    at: 'app',
    mayImport: [...BASE_OF_THE_CODE, 'lib/env', 'lib/http', 'lib/auth', 'lib/jobs', 'lib/features', 'components'],
    why: 'app → components, http, auth, jobs, features',
  },
  {
    at: 'app/api/health',
    mayImport: ['lib/db', 'lib/features', 'lib/http'],
    why: 'the health check asks the database itself',
  },
];

/** Rooms of lib/features in the order arrows may run: a room imports only rooms named before it. */
export const ROOMS = [
  'secrets',
  'changes',
  'history',
  'workspaces',
  'outbox',
  'suppressions',
  'contacts',
  'lists',
  'segments',
  'imports',
  'templates',
  'senders',
  'providers',
  'audience',
  'recurrences',
  'campaigns',
  'runs',
  'occurrences',
  'outputs',
  'tracking',
  'inbox',
  'deliveries',
  'outcomes',
  'bounces',
  'notices',
  'webhooks',
  'reports',
  'service',
  'health',
  'api-keys',
];

/** Packages that belong to some places only. `name/*` stands for the package and everything below it. */
export const KEPT_PACKAGES: { packages: string[]; places: string[]; why: string }[] = [
  {
    packages: ['inngest'],
    places: ['lib/jobs', 'lib/engine', 'app/api/inngest'],
    why: 'inngest only in jobs, engine and api/inngest',
  },
  { packages: ['next-auth'], places: ['lib/auth', 'app/api/auth'], why: 'next-auth only in auth' },
  {
    packages: ['nodemailer', 'resend', 'twilio', 'smpp', 'smtp-server', 'postal-mime', 'imapflow'],
    places: ['lib/channels'],
    why: 'provider SDKs and protocols only in channels',
  },
  {
    packages: ['next', 'react', 'react-dom'],
    places: [
      'app',
      'components',
      'emails',
      'lib/auth',
      'lib/http',
      'scripts/web.ts',
      'proxy.ts',
      'instrumentation.ts',
      'next.config.ts',
    ],
    why: 'next and react stay at the edges',
  },
];

/** Where the environment of the process may be read. */
export const READS_ENVIRONMENT =
  /^(lib\/env\.ts|scripts\/environment\.ts|scripts\/[\w-]+\.mjs|e2e\/.*|[\w.-]+\.config\.(ts|mjs)|vitest\.[\w.-]+\.ts)$/;

export const FORBIDDEN_FOLDERS = ['utils', 'helpers', 'services', 'repositories', 'constants', 'types'];
