function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The query that answers with the rows of this page from the read-only view. */
export function outputSql(slug: string, columns: readonly string[], runId: string | undefined): string {
  const values = columns.map((column) => `values ->> ${literal(column)} as ${identifier(column)}`);
  const selected = ['run_id', 'step', 'contact_id', ...values, 'recorded_at'].join(',\n       ');
  const where = [`output_table = ${literal(slug)}`, ...(runId ? [`run_id = ${literal(runId)}`] : [])].join(' and ');
  return `select ${selected}\nfrom waybill.output_v1\nwhere ${where}\norder by recorded_at desc;`;
}
