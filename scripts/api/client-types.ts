import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '@/lib/http/openapi';

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const key = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));

function objectType(schema: JsonObject): string {
  const required = list(schema.required);
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const { additionalProperties: rest, propertyNames } = schema;
  if (properties.length === 0) {
    const of = isObject(rest) ? typeOf(rest) : 'unknown';
    const names = isObject(propertyNames) && list(propertyNames.enum).length > 0 ? typeOf(propertyNames) : 'string';
    return `Record<${names}, ${of}>`;
  }
  const fields = properties.map(([name, property]) => {
    const described =
      isObject(property) && typeof property.description === 'string' ? `/** ${property.description} */ ` : '';
    return `${described}${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(property)};`;
  });
  return `{ ${fields.join(' ')} }`;
}

function typeOf(schema: Json | undefined): string {
  if (!isObject(schema)) return 'unknown';
  if (typeof schema.$ref === 'string') return schema.$ref.replace('#/components/schemas/', '');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const options = [...list(schema.anyOf), ...list(schema.oneOf)];
  if (options.length > 0) return options.map((one) => `(${typeOf(one)})`).join(' | ');
  if (Array.isArray(schema.allOf)) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ');
  if (Array.isArray(schema.type)) return schema.type.map((one) => typeOf({ ...schema, type: one })).join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `(${typeOf(schema.items)})[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

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
  const body = contentType(operation.requestBody);
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
  const source = `${shapes.join('\n')}\n\nexport interface Operations {\n${operations.join('\n')}\n}\n`;
  const digest = createHash('sha256').update(source).digest('hex');
  return `// Written by \`npm run api\` from the OpenAPI document. ${digest}\n${source}`;
}
