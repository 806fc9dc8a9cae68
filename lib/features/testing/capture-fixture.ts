import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCapture } from '@/lib/channels/capture/start-capture';

export interface CapturedMessage {
  html: string;
  headers: { key: string; value: string }[];
}

export interface CaptureFixture {
  smtpPort: number;
  smsUrl: string;
  /** The messages that came for an address, newest first. */
  messagesTo(address: string): Promise<CapturedMessage[]>;
  close(): Promise<void>;
}

/** A local inbox of its own for one suite. */
export async function captureFixture(): Promise<CaptureFixture> {
  const dir = await mkdtemp(join(tmpdir(), 'waybill-inbox-'));
  const capture = await startCapture({ dir });
  const smsUrl = `http://127.0.0.1:${capture.httpPort}`;
  const read = async (path: string): Promise<unknown> => (await fetch(`${smsUrl}/inbox${path}`)).json();
  return {
    smtpPort: capture.smtpPort,
    smsUrl,
    messagesTo: async (address) => {
      const { messages } = (await read(`?to=${encodeURIComponent(address)}`)) as { messages: { id: string }[] };
      return Promise.all(messages.map(({ id }) => read(`/${id}`) as Promise<CapturedMessage>));
    },
    close: async () => {
      await capture.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
