import { z } from 'zod';
import type { Waybill } from '@/clients/typescript/waybill';
import { WaybillError } from '@/clients/typescript/waybill';
import { describeError } from '@/lib/errors';
import type { Tool } from './tools';

/** Revisions of the protocol whose tools are as these are; the first is offered to who asks for another. */
const PROTOCOLS = ['2025-06-18', '2025-03-26', '2024-11-05'];
const messageSchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
});
const callSchema = z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()).default({}) });

interface RpcAnswer {
  jsonrpc: '2.0';
  id: string | number | null;
  result?: unknown;
  error?: { code: number; message: string };
}

async function callTool(tools: readonly Tool[], client: Waybill, params: unknown) {
  const say = (text: string, isError = false) => ({ content: [{ type: 'text', text }], isError });
  const call = callSchema.safeParse(params);
  const tool = call.success ? tools.find((one) => one.name === call.data.name) : undefined;
  if (!call.success || !tool) return say('There is no such tool.', true);
  const input = tool.input.safeParse(call.data.arguments);
  if (!input.success) return say(z.prettifyError(input.error), true);
  try {
    return say(JSON.stringify(await tool.run(client, input.data), null, 2));
  } catch (error) {
    const text =
      error instanceof WaybillError
        ? `${error.message} (${error.code}, request ${error.requestId})`
        : describeError(error);
    return say(text, true);
  }
}

const fail = (id: RpcAnswer['id'], code: number, message: string): RpcAnswer => ({
  jsonrpc: '2.0',
  id,
  error: { code, message },
});

/**
 * Answers one line of the Model Context Protocol, a JSON-RPC 2.0 message or several of them in a list; null where nothing
 * is to be answered, as for a notification. Never throws.
 */
export async function answerMessage(
  line: string,
  tools: readonly Tool[],
  client: Waybill,
): Promise<RpcAnswer | RpcAnswer[] | null> {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail(null, -32700, 'Not JSON.');
  }
  if (!Array.isArray(said)) return await answerOne(said, tools, client);
  const answers: RpcAnswer[] = [];
  for (const one of said) {
    const answer = await answerOne(one, tools, client);
    if (answer) answers.push(answer);
  }
  return answers.length > 0 ? answers : null;
}

async function answerOne(said: unknown, tools: readonly Tool[], client: Waybill): Promise<RpcAnswer | null> {
  const parsed = messageSchema.safeParse(said);
  if (!parsed.success) return fail(null, -32600, 'Not a JSON-RPC 2.0 request.');
  const { id, method, params } = parsed.data;
  if (id === undefined) return null;
  const done = (result: unknown): RpcAnswer => ({ jsonrpc: '2.0', id, result });
  switch (method) {
    case 'initialize':
      return done({
        protocolVersion: PROTOCOLS.find((one) => one === params?.protocolVersion) ?? PROTOCOLS[0],
        capabilities: { tools: {} },
        serverInfo: { name: 'waybill', version: '1.0.0' },
        instructions:
          'Reads campaigns, runs and contacts of one workspace and writes drafts. People launch; nothing here sends.',
      });
    case 'ping':
      return done({});
    case 'tools/list':
      return done({
        tools: tools.map(({ name, description, input, isDraft }) => ({
          name,
          description,
          inputSchema: z.toJSONSchema(input, { io: 'input' }),
          annotations: { readOnlyHint: !isDraft, destructiveHint: false, openWorldHint: false },
        })),
      });
    case 'tools/call':
      return done(await callTool(tools, client, params));
    default:
      return fail(id, -32601, `There is no method “${method}”.`);
  }
}
