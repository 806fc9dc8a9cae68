import { z } from 'zod';
import type { Waybill } from '@/clients/typescript/waybill';
import { WaybillError } from '@/clients/typescript/waybill';
import { describeError } from '@/lib/errors';
import type { Tool } from './tools';

const PROTOCOL = '2025-06-18';
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

/** Answers one JSON-RPC 2.0 message of the Model Context Protocol; null for a notification. Never throws. */
export async function answerMessage(line: string, tools: readonly Tool[], client: Waybill): Promise<RpcAnswer | null> {
  const fail = (id: RpcAnswer['id'], code: number, message: string): RpcAnswer => ({
    jsonrpc: '2.0',
    id,
    error: { code, message },
  });
  let parsed: z.infer<typeof messageSchema>;
  try {
    parsed = messageSchema.parse(JSON.parse(line));
  } catch (error) {
    return error instanceof z.ZodError
      ? fail(null, -32600, 'Not a JSON-RPC 2.0 request.')
      : fail(null, -32700, 'Not JSON.');
  }
  const { id, method, params } = parsed;
  if (id === undefined) return null;
  const done = (result: unknown): RpcAnswer => ({ jsonrpc: '2.0', id, result });
  switch (method) {
    case 'initialize':
      return done({
        protocolVersion: PROTOCOL,
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
