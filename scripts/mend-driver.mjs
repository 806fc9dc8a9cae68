// Mends what the PostgreSQL driver does when a connection is lost. Plain Node without dependencies, because npm runs it
// after an install, and every script before it starts.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const FILES = ['src', 'cjs/src'].map((folder) => path.join(root, 'node_modules/postgres', folder, 'connection.js'));
const MARK = '/* mended: lost connections */';

/**
 * Of postgres 3.4.9. What is written to a connection between its error and its end, or after it, was forgotten: never
 * answered, answered with the result of another, or the end of the process (porsager/postgres#1066, #1154, #1208).
 */
const MENDS = [
  [
    'a statement on a lost connection fails at once',
    `    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
    `    if (socket === null || socket.destroyed) { ${MARK}
      queryError(q, Errors.connection('CONNECTION_CLOSED', options, socket))
      return socket === null
    }

    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
  ],
  [
    'nothing is written to a socket that is gone',
    `  function nextWrite(fn) {
`,
    `  function nextWrite(fn) {
    if (socket === null) {
      chunk = nextWriteTimer = null
      return false
    }
`,
  ],
  [
    'a connection lost while it greets fails who asked for it and nobody else',
    `        return fetchArrayTypes()
`,
    `        return fetchArrayTypes().catch(noop)
`,
  ],
  [
    'a connection that ends fails all that is on it and leaves nothing to the next',
    `    socket = null

    if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
`,
    `    socket = null
    chunk = nextWriteTimer = errorResponse = null

    if (initial) {
      query = null
      return reconnect()
    }

    ;(query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = null
`,
  ],
];

function mended(source, file) {
  let text = source;
  for (const [what, from, to] of MENDS) {
    if (text.split(from).length !== 2)
      throw new Error(
        `${file} is not the driver this was written for («${what}»). Install the version of package-lock.json.`,
      );
    text = text.replace(from, () => to);
  }
  return text;
}

function keep(file, text) {
  try {
    writeFileSync(file, text);
  } catch (error) {
    console.error(
      `The PostgreSQL driver could not be mended (${error.message}): a lost connection may end the process, to be restarted. Run npm ci where node_modules may be written.`,
    );
  }
}

/** Does nothing when it was done already, or when nothing is installed. */
export function mendDriver() {
  for (const file of FILES) {
    if (!existsSync(file)) continue;
    const source = readFileSync(file, 'utf8');
    if (!source.includes(MARK)) keep(file, mended(source, file));
  }
}
