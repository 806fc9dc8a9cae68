import { Refused, readJson, sendJson } from '@/components/shell/read-json';
import { UPLOAD_CHUNK_BYTES } from '@/lib/domain/import';

const LANES = 3;
const MAX_TRIES = 6;
const FIRST_PAUSE_MS = 500;
const BASE = '/api/v1/imports/uploads';

export interface UploadOptions {
  /** Bytes that have arrived at the server. */
  onProgress: (bytes: number) => void;
  signal: AbortSignal;
}

/** Under this name the browser remembers an upload that was interrupted, so that the same file goes on where it was. */
function memoryKey({ name, size, lastModified }: File): string {
  return `waybill-upload:${name}:${size}:${lastModified}`;
}

interface Begun {
  id: string;
  chunks: number[];
  completedAt: string | null;
}

async function begin(file: File, signal: AbortSignal): Promise<Begun> {
  const known = localStorage.getItem(memoryKey(file));
  if (known) {
    try {
      return await readJson<Begun>(`${BASE}/${known}`, { signal });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 404) throw error;
    }
  }
  const body = { fileName: file.name, mediaType: file.type || 'text/csv', sizeBytes: file.size };
  const { id } = await sendJson<{ id: string }>(BASE, body, { signal });
  localStorage.setItem(memoryKey(file), id);
  return { id, chunks: [], completedAt: null };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** Whether another try may end otherwise: no answer, a busy server, or a fault of its own. */
function isPassing(error: unknown): boolean {
  return error instanceof Refused && (error.status === 0 || error.status === 429 || error.status >= 500);
}

async function sendChunk(uploadId: string, n: number, file: File, signal: AbortSignal): Promise<number> {
  const bytes = file.slice(n * UPLOAD_CHUNK_BYTES, (n + 1) * UPLOAD_CHUNK_BYTES);
  for (let attempt = 1; ; attempt++) {
    try {
      const body = await bytes.arrayBuffer();
      await readJson<void>(`${BASE}/${uploadId}/chunks/${n}`, { method: 'PUT', body, signal });
      return bytes.size;
    } catch (error) {
      if (signal.aborted || attempt >= MAX_TRIES || !isPassing(error)) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1), signal);
    }
  }
}

/**
 * Sends a file chunk by chunk, three at a time, and answers the id of the upload. A lost connection is waited out; the
 * same file chosen again after a reload goes on with what is missing. Throws `Refused` with a sentence.
 */
export async function uploadFile(file: File, { onProgress, signal }: UploadOptions): Promise<string> {
  if (file.size === 0) throw new Refused(0, 'invalid', `${file.name} is empty. Choose a file with rows.`);
  const { id, chunks, completedAt } = await begin(file, signal);
  if (!completedAt) {
    const there = new Set(chunks);
    const missing = Array.from({ length: Math.ceil(file.size / UPLOAD_CHUNK_BYTES) }, (_, n) => n).filter(
      (n) => !there.has(n),
    );
    let sent = Math.min(file.size, there.size * UPLOAD_CHUNK_BYTES);
    onProgress(sent);
    const lane = async () => {
      for (let n = missing.shift(); n !== undefined; n = missing.shift()) {
        sent = Math.min(file.size, sent + (await sendChunk(id, n, file, signal)));
        onProgress(sent);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    await sendJson(`${BASE}/${id}/complete`, {}, { signal });
  }
  localStorage.removeItem(memoryKey(file));
  return id;
}
