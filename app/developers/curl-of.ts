import type { Operation } from './read-reference';

/** A call of an operation as a shell command; what varies is a variable that the reader sets. */
export function curlOf({ method, path, parameters, example, isFile }: Operation, url: string): string {
  const needed = parameters.filter(({ place, required }) => place === 'query' && required);
  const query = needed.map(({ name }, n) => `${n === 0 ? '?' : '&'}${name}=$${name}`).join('');
  const target = `${url}/api/v1${path.replace(/\{(\w+)\}/g, '$$$1')}${query}`;
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"${target}"`,
    `-H "Authorization: Bearer $WAYBILL_API_KEY"`,
  ];
  if (isFile) lines.push('--data-binary @file');
  if (example) lines.push(`-H 'Content-Type: application/json'`, `-d '${example.replaceAll("'", "'\\''")}'`);
  return lines.join(' \\\n  ');
}
