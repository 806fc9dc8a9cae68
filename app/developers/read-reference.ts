import type { Json, JsonObject } from '@/lib/http/openapi';
import { isObject, list, prettyType, typeText } from '@/lib/http/schema-text';

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  scope: string | null;
  parameters: { name: string; place: string; type: string; required: boolean; description: string | null }[];
  body: string | null;
  /** The body is a file, not JSON. */
  isFile: boolean;
  example: string | null;
  status: string;
  answer: string | null;
}

export interface OperationGroup {
  tag: string;
  operations: Operation[];
}

export interface NamedShape {
  name: string;
  type: string;
}

function schemaIn(part: Json | undefined): JsonObject | null {
  const content = isObject(part) && isObject(part.content) ? Object.values(part.content)[0] : null;
  return isObject(content ?? undefined) ? (content as JsonObject) : null;
}

/** The type of a schema for reading; a named one is shown by its fields. */
function shown(schema: Json | undefined, shapes: JsonObject): string {
  const name = isObject(schema) && typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  const named = name === undefined ? undefined : shapes[name];
  return prettyType(typeText(named ?? schema));
}

function operationOf(method: string, path: string, operation: JsonObject, shapes: JsonObject): Operation {
  const responses = isObject(operation.responses) ? Object.entries(operation.responses) : [];
  const [status, success] = responses.find(([code]) => code.startsWith('2')) ?? ['200', {}];
  const body = schemaIn(operation.requestBody);
  const answer = schemaIn(success);
  return {
    id: String(operation.operationId),
    method: method.toUpperCase(),
    path,
    summary: String(operation.summary),
    scope: typeof operation['x-scope'] === 'string' ? operation['x-scope'] : null,
    parameters: list(operation.parameters)
      .filter(isObject)
      .filter(({ in: place }) => place !== 'header')
      .map(({ name, in: place, schema, required, description }) => ({
        name: String(name),
        place: String(place),
        type: typeText(schema),
        required: required === true,
        description: typeof description === 'string' ? description : null,
      })),
    body: body && shown(body.schema, shapes),
    isFile: isObject(body?.schema) && body.schema.format === 'binary',
    example: body?.example === undefined ? null : JSON.stringify(body.example),
    status,
    answer: answer && shown(answer.schema, shapes),
  };
}

function shapesOf(document: JsonObject): JsonObject {
  const components = isObject(document.components) ? document.components : {};
  return isObject(components.schemas) ? components.schemas : {};
}

/** What other shapes only name, so that a reader can look it up. */
export function readShapes(document: JsonObject): NamedShape[] {
  return Object.entries(shapesOf(document)).map(([name, schema]) => ({ name, type: prettyType(typeText(schema)) }));
}

/** The operations of an OpenAPI document by tag, in the order of their paths. */
export function readReference(document: JsonObject): OperationGroup[] {
  const shapes = shapesOf(document);
  const groups = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(isObject(document.paths) ? document.paths : {})) {
    for (const [method, operation] of Object.entries(isObject(methods) ? methods : {})) {
      if (!isObject(operation)) continue;
      const tag = String(list(operation.tags)[0]);
      groups.set(tag, [...(groups.get(tag) ?? []), operationOf(method, path, operation, shapes)]);
    }
  }
  return [...groups].map(([tag, operations]) => ({ tag, operations }));
}
