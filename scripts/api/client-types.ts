import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '@/lib/http/openapi';
import { isObject, keyText as key, list, typeText as typeOf } from '@/lib/http/schema-text';

function inputOf(operation: JsonObject, place: 'path' | 'query'): string | null {
  const parameters = list(operation.parameters).filter(isObject);
  const own = parameters.filter((parameter) => parameter.in === place);
  if (own.length === 0) return null;
  const fields = own.map(({ name, schema, required }) => {
    const values = place === 'path' ? 'string' : typeOf(schema);
    return `${key(String(name))}${required === true ? '' : '?'}: ${values};`;
  });
  const isOptional = own.every(({ required }) => required !== true);
  return `${place}${isOptional ? '?' : ''}: { ${fields.join(' ')} };`;
}

function contentType(part: Json | undefined): string | null {
  const content = isObject(part) && isObject(part.content) ? part.content : {};
  const json = content['application/json'];
  return isObject(json) ? typeOf(json.schema) : Object.keys(content).length > 0 ? 'string' : null;
}

function operationType(method: string, path: string, operation: JsonObject): string {
  const sent = contentType(operation.requestBody);
  // of what is no JSON only files are sent
  const body = sent === 'string' ? 'Blob' : sent;
  const isRequired = isObject(operation.requestBody) && operation.requestBody.required === true;
  const responses = isObject(operation.responses) ? Object.entries(operation.responses) : [];
  const success = responses.find(([status]) => status.startsWith('2'))?.[1];
  const parts = [
    inputOf(operation, 'path'),
    inputOf(operation, 'query'),
    body && `body${isRequired ? '' : '?'}: ${body};`,
  ];
  const given = parts.filter(Boolean).join(' ');
  return `  /** ${String(operation.summary)}. */
  '${method.toUpperCase()} ${path}': { input: ${given ? `{ ${given} }` : 'Record<never, never>'}; answer: ${contentType(success) ?? 'null'} };`;
}

/** Writes that take no Idempotency-Key, because what they answer is shown once. */
function withoutKey(document: JsonObject): string[] {
  const paths = isObject(document.paths) ? Object.entries(document.paths) : [];
  return paths.flatMap(([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).flatMap(([method, operation]) => {
      const taken = list(isObject(operation) ? operation.parameters : []).filter(isObject);
      const isKeyed = taken.some(({ name }) => name === 'Idempotency-Key');
      const isFile = isObject(operation) && contentType(operation.requestBody) === 'string';
      return method === 'get' || isKeyed || isFile ? [] : [`${method.toUpperCase()} ${path}`];
    }),
  );
}

/** The source of the client's types: every named shape, and of each operation what it takes and answers. */
export function clientTypes(document: JsonObject): string {
  const components =
    isObject(document.components) && isObject(document.components.schemas) ? document.components.schemas : {};
  const shapes = Object.entries(components).map(([name, schema]) => `export type ${name} = ${typeOf(schema)};`);
  const paths = isObject(document.paths) ? Object.entries(document.paths) : [];
  const operations = paths.flatMap(([path, methods]) =>
    isObject(methods)
      ? Object.entries(methods).flatMap(([method, one]) => (isObject(one) ? [operationType(method, path, one)] : []))
      : [],
  );
  // every field on a line of its own, or a formatter would put its comment behind the field before
  const source = `${shapes.join('\n')}\n\nexport interface Operations {\n${operations.join('\n')}\n}\n
/** Writes whose answer is shown once and never kept. */
export const WITHOUT_KEY: readonly (keyof Operations)[] = ${JSON.stringify(withoutKey(document))};\n`
    .replaceAll(/(?<!\{)\{ (?=[\w'/])/g, '{\n')
    .replaceAll('; /**', ';\n/**');
  const digest = createHash('sha256').update(source).digest('hex');
  return `// Written by \`npm run api\` from the OpenAPI document. ${digest}\n${source}`;
}
