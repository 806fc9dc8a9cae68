import { createInterface } from 'node:readline';
import { Waybill } from '@/clients/typescript/waybill';
import { describeError } from '@/lib/errors';
import { givenEnvironment } from './environment';
import { answerMessage } from './mcp/answer';
import { TOOLS } from './mcp/tools';

/**
 * A Model Context Protocol server over standard input and output: an assistant may read and draft through the API, with
 * the rights of one key. There is no tool that sends, launches or changes a run.
 */
async function main(): Promise<void> {
  const { WAYBILL_URL: url = 'http://localhost:3000', WAYBILL_API_KEY: key } = givenEnvironment();
  if (!key)
    throw new Error('Set WAYBILL_API_KEY to an API key (Settings → API keys), and WAYBILL_URL if it is not local.');
  const client = new Waybill({ url, key });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const answer = await answerMessage(line, TOOLS, client);
    if (answer) process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

main().catch((error) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(1);
});
