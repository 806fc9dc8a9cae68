export interface MessageHeader {
  name: string;
  value: string;
}

/** The headers of a message as they stand in it, folded lines joined (RFC 5322 §2.2.3); encoded words stay encoded. */
export function readHeaders(mime: string): MessageHeader[] {
  const head = mime.slice(0, mime.indexOf('\r\n\r\n'));
  return head
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }] : [];
    });
}
