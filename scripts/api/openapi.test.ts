import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '@/app/api/v1/route-table';
import { METHODS, openApiDocument } from '@/lib/http/openapi';
import { clientTypes } from './client-types';
import { pathOf, routeFolders } from './route-table';

const document = openApiDocument(ROUTES, 'http://localhost:3000');
const digestIn = (source: string) => /[0-9a-f]{64}/.exec(source)?.[0];

describe('the OpenAPI document', () => {
  it('passes the recommended rules of a linter that we did not write', async () => {
    // a fixed word in a path wins over a name in braces, by the specification and in our router
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: { 'no-ambiguous-paths': 'off', 'no-server-example.com': 'off' },
    });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    expect(problems.map(({ message, location }) => `${message} ${location[0]?.pointer}`)).toEqual([]);
  });

  it('has every route file, so that nothing is served undocumented', () => {
    const root = path.join(import.meta.dirname, '../../app/api/v1');
    expect(Object.keys(ROUTES).sort(), 'run `npm run api`').toEqual(routeFolders(root).map(pathOf).sort());
  });

  it('says of every operation what it answers', () => {
    const silent = Object.entries(ROUTES).flatMap(([path, methods]) =>
      METHODS.flatMap((method) => {
        const declaration = methods[method]?.declaration;
        if (!declaration || declaration.answer || declaration.mediaType || declaration.status === 204) return [];
        return [`${method} ${path}`];
      }),
    );
    expect(silent).toEqual([]);
  });

  it('gives every operation a name of its own', () => {
    const ids = [...JSON.stringify(document).matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is what the types of the client were written from', () => {
    const file = path.join(import.meta.dirname, '../../clients/typescript/operations.ts');
    expect(digestIn(readFileSync(file, 'utf8')), 'run `npm run api`').toBe(digestIn(clientTypes(document)));
  });
});
