import type { Json, JsonObject } from '@/lib/http/openapi';

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
export const keyText = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));

function objectType(schema: JsonObject): string {
  const required = list(schema.required);
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const { additionalProperties: rest, propertyNames } = schema;
  if (properties.length === 0) {
    const of = isObject(rest) ? typeText(rest) : 'unknown';
    const names = isObject(propertyNames) && list(propertyNames.enum).length > 0 ? typeText(propertyNames) : 'string';
    return `Record<${names}, ${of}>`;
  }
  const fields = properties.map(([name, property]) => {
    const described =
      isObject(property) && typeof property.description === 'string' ? `/** ${property.description} */ ` : '';
    return `${described}${keyText(name)}${required.includes(name) ? '' : '?'}: ${typeText(property)};`;
  });
  return `{ ${fields.join(' ')} }`;
}

/** A JSON Schema as a TypeScript type, on one line. */
export function typeText(schema: Json | undefined): string {
  if (!isObject(schema)) return 'unknown';
  if (typeof schema.$ref === 'string') return schema.$ref.replace('#/components/schemas/', '');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const options = [...list(schema.anyOf), ...list(schema.oneOf)];
  if (options.length > 0) return options.map((one) => `(${typeText(one)})`).join(' | ');
  if (Array.isArray(schema.allOf)) return schema.allOf.map((one) => `(${typeText(one)})`).join(' & ');
  if (Array.isArray(schema.type)) return schema.type.map((one) => typeText({ ...schema, type: one })).join(' | ');
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
      return `(${typeText(schema.items)})[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

/** The same broken into lines, for reading. */
export function prettyType(type: string): string {
  let depth = 0;
  let text = '';
  for (const part of type.split(/(\{ | \}|; (?!\}))/)) {
    if (part === '{ ') text += `{\n${'  '.repeat(++depth)}`;
    else if (part === ' }') text += `\n${'  '.repeat(--depth)}}`;
    else if (part === '; ') text += `;\n${'  '.repeat(depth)}`;
    else text += part;
  }
  return text;
}
