interface CsvExport {
  fileName: string;
  lines: AsyncGenerator<string>;
}

/** Streams an export as it is read, no faster than the other side takes it; ends the reading when they hang up. */
export function csvResponse({ fileName, lines }: CsvExport): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName.replace(/[^\w.-]/g, '_')}"`,
    },
  });
}
