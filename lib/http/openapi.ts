import { z } from 'zod';
import type { Permission } from '@/lib/domain/role';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** What a declaration tells about a route; `route` in lib/http/route makes handlers that carry it. */
export interface DescribedRoute {
  declaration: {
    summary: string;
    permission: Permission | null;
    params?: z.ZodType | undefined;
    query?: z.ZodType | undefined;
    body?: z.ZodType | undefined;
    answer?: z.ZodType | undefined;
    status?: 200 | 201 | 202 | 204;
    mediaType?: string;
    isSecret?: true;
    hasRevision?: true;
    example?: unknown;
    sample?: unknown;
    isFile?: true;
  };
}
/** Path below /api/v1, in braces what varies, to its handlers. */
export type RouteTable = Readonly<Record<string, Partial<Record<Method, DescribedRoute>>>>;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const GENERATED_NAME = /^__schema\d+$/;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rewrite(value: Json, names: Record<string, string>): Json {
  if (Array.isArray(value)) return value.map((one) => rewrite(one, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key !== '$ref' || typeof inner !== 'string') return [key, rewrite(inner, names)];
      const name = names[inner.replace('#/$defs/', '')];
      return [key, name ? `#/components/schemas/${name}` : inner];
    }),
  );
}

/** Collects named and recursive schemas under components, where every part of the document can refer to them. */
class Shapes {
  readonly components: JsonObject = {};

  /** The JSON Schema of what goes over the wire: of input what is sent, of answers what comes. */
  of(schema: z.ZodType, owner: string): JsonObject {
    const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonObject;
    const { $schema: _, $defs, id, ...root } = made;
    const definitions = isObject($defs) ? $defs : {};
    const names: Record<string, string> = {};
    for (const key of Object.keys(definitions)) {
      names[key] = GENERATED_NAME.test(key) ? `${owner}${key.replace('__schema', 'Part')}` : key;
    }
    const rootName = typeof id === 'string' ? id : undefined;
    if (rootName) names['#'] = rootName;
    for (const [key, value] of Object.entries(definitions)) {
      if (!isObject(value)) continue;
      const { id: __, ...body } = value;
      this.components[names[key] ?? key] = rewrite(body, names);
    }
    const whole = rewrite(root, names) as JsonObject;
    if (!rootName) return whole;
    this.components[rootName] = whole;
    return { $ref: `#/components/schemas/${rootName}` };
  }
}

function propertiesOf(schema: JsonObject): { name: string; schema: Json; required: boolean }[] {
  const parts = Array.isArray(schema.allOf) ? schema.allOf.filter(isObject) : [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  const own = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  return [
    ...own.map(([name, property]) => ({ name, schema: property, required: required.includes(name) })),
    ...parts.flatMap(propertiesOf),
  ];
}

/** `GET /contacts/{contactId}/history` → `getContactsByContactIdHistory`. */
export function operationId(method: Method, path: string): string {
  const words = path.split(/[/.]/).filter(Boolean);
  const name = words.map((word) => (word.startsWith('{') ? `By-${word.slice(1, -1)}` : word)).join('-');
  return method.toLowerCase() + name.replace(/(?:^|[-_])([A-Za-z])/g, (_, letter: string) => letter.toUpperCase());
}

const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'A name of your own for this request. The same again gets the first answer and is not done twice; kept 7 days.',
  schema: { type: 'string', maxLength: 200 },
};
const IF_MATCH: Json = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag of the revision you change. Without it the body must have “revision”.',
  schema: { type: 'string' },
};

function parametersOf(shapes: Shapes, method: Method, path: string, { declaration }: DescribedRoute): Json[] {
  const owner = operationId(method, path);
  const listed = (schema: z.ZodType | undefined, place: 'path' | 'query') =>
    propertiesOf(schema ? shapes.of(schema, owner) : {}).map(({ name, schema: type, required }): Json => {
      const { description, ...bare } = isObject(type) ? type : {};
      const isRequired = place === 'path' || required;
      return { name, in: place, required: isRequired, ...(description !== undefined && { description }), schema: bare };
    });
  const given = propertiesOf(declaration.params ? shapes.of(declaration.params, owner) : {}).map(({ name }) => name);
  const bare = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => (given.includes(name) ? [] : [name]));
  return [
    ...bare.map((name): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...listed(declaration.params, 'path'),
    ...listed(declaration.query, 'query'),
    ...(method !== 'GET' && !declaration.isSecret && !declaration.isFile ? [IDEMPOTENCY_KEY] : []),
    ...(declaration.hasRevision && method !== 'GET' ? [IF_MATCH] : []),
  ];
}

const PROBLEMS: Record<number, string> = {
  401: 'The key is missing, unknown, expired or revoked',
  403: 'The key lacks the scope',
  404: 'Not in this workspace',
  409: 'Not possible in the present state, or the same Idempotency-Key is running',
  412: 'The revision has moved on, or something it needs is missing',
  422: 'The input is not valid; every wrong field is named',
  429: 'The allowance of the key is used up; Retry-After says when to come back',
};

function responsesOf(shapes: Shapes, method: Method, path: string, { declaration }: DescribedRoute): JsonObject {
  const { answer, status = 200, hasRevision } = declaration;
  const mediaType = declaration.mediaType ?? 'application/json';
  const schema = answer ? shapes.of(answer, `${operationId(method, path)}Answer`) : {};
  const hasContent = status !== 204;
  const headers: JsonObject = {
    RateLimit: { $ref: '#/components/headers/RateLimit' },
    'X-Request-Id': { $ref: '#/components/headers/RequestId' },
    ...(hasRevision && { ETag: { schema: { type: 'string' }, description: 'The revision' } }),
  };
  const statuses = [401, 403, ...(path.includes('{') ? [404] : []), ...(method === 'GET' ? [] : [409, 412]), 422, 429];
  return {
    [String(status)]: {
      description: hasContent ? 'Done' : 'Done; there is nothing to say',
      headers,
      ...(hasContent && { content: { [mediaType]: { schema } } }),
    },
    ...Object.fromEntries(
      statuses.map((code) => [
        String(code),
        {
          description: PROBLEMS[code] ?? 'Refused',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
    ),
  };
}

function operationOf(shapes: Shapes, method: Method, path: string, route: DescribedRoute): JsonObject {
  const { summary, permission, body, isFile } = route.declaration;
  const example = route.declaration.example ?? route.declaration.sample;
  const schema = body && shapes.of(body, operationId(method, path));
  return {
    operationId: operationId(method, path),
    summary,
    description: permission ? `Needs the scope \`${permission}\`.` : 'Which scope it needs depends on what is asked.',
    tags: [path.split('/')[1] ?? ''],
    ...(permission && { 'x-scope': permission }),
    parameters: parametersOf(shapes, method, path, route),
    ...(schema && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { 'application/json': { schema, ...(example !== undefined && { example: example as Json }) } },
      },
    }),
    ...(isFile && {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    }),
    responses: responsesOf(shapes, method, path, route),
  };
}

const PROBLEM = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe('A sentence for people: what happened, what was kept, what to do'),
  code: z.string(),
  request_id: z.string(),
  errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
});

const ABOUT = `Everything the dashboard does. Send \`Authorization: Bearer wb_live_…\`. Errors are problem+json (RFC 9457).
Lists come in pages: pass \`nextCursor\` as \`cursor\` until it is null. Writes take an \`Idempotency-Key\`. A field or a
query name that an operation does not have is refused, never left out.`;

/** The OpenAPI 3.1 document of the API, from the very declarations that validate its requests. */
export function openApiDocument(routes: RouteTable, serverUrl: string): JsonObject {
  const shapes = new Shapes();
  shapes.components.Problem = shapes.of(PROBLEM, 'Problem');
  const paths: JsonObject = {};
  for (const [path, methods] of Object.entries(routes)) {
    const operations: JsonObject = {};
    for (const method of METHODS) {
      const described = methods[method];
      if (described) operations[method.toLowerCase()] = operationOf(shapes, method, path, described);
    }
    paths[path] = operations;
  }
  const tags = [...new Set(Object.keys(routes).map((path) => path.split('/')[1] ?? ''))].sort();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Waybill API',
      version: '1.0.0',
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `${serverUrl.replace(/\/+$/, '')}/api/v1` }],
    security: [{ apiKey: [] }],
    tags: tags.map((name): Json => ({ name, description: `What concerns ${name}.` })),
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'A key from Settings → API keys: wb_live_… or wb_test_….',
        },
      },
      headers: {
        RateLimit: { description: 'What is left of the allowance', schema: { type: 'string' } },
        RequestId: { description: 'Tell it to whoever operates this Waybill', schema: { type: 'string' } },
      },
      schemas: Object.fromEntries(Object.entries(shapes.components).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}
