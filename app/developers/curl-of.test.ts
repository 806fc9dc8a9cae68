import { describe, expect, it } from 'vitest';
import { ROUTES } from '@/app/api/v1/route-table';
import { openApiDocument } from '@/lib/http/openapi';
import { curlOf } from './curl-of';
import { readReference, readShapes } from './read-reference';

const document = openApiDocument(ROUTES, 'https://waybill.example.com');
const operations = readReference(document).flatMap(({ operations }) => operations);
const commands = operations.map((operation) => ({
  name: `${operation.method} ${operation.path}`,
  operation,
  command: curlOf(operation, 'https://waybill.example.com'),
}));

describe('the example of an operation', () => {
  it.each(commands)('$name has whatever the operation cannot do without', ({ operation, command }) => {
    if (operation.isFile) expect(command).toContain('--data-binary @file');
    else expect(command.includes("-d '")).toBe(operation.body !== null);
    // a shell would leave braces to curl, which takes them for a choice
    expect(command.split(' \\\n')[0]).not.toMatch(/[{}]/);
    for (const { name, place, required } of operation.parameters) {
      if (place === 'path') expect(command).toContain(`/$${name}`);
      if (place === 'query' && required) expect(command).toContain(`${name}=$${name}`);
    }
  });

  it('names shapes only that can be looked up', () => {
    const known = readShapes(document).map(({ name }) => name);
    const texts = [
      ...operations.flatMap(({ body, answer }) => [body, answer]),
      ...readShapes(document).map(({ type }) => type),
    ];
    const named = texts.flatMap((text) =>
      [...(text ?? '').matchAll(/(?<=[:|(<] ?)\(?([A-Z]\w+)(?=[;|)[\s]|$)/g)].map(([, name]) => name),
    );
    expect(named.filter((name) => name !== 'Record' && !known.includes(name ?? ''))).toEqual([]);
  });
});
