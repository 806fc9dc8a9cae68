import { systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { inspectUpload } from '@/lib/features/imports/inspect-upload';
import { runImportChunk } from '@/lib/features/imports/run-import-chunk';
import { startImport } from '@/lib/features/imports/start-import';
import { storeUpload } from '@/lib/features/imports/store-upload';

export interface ImportFigures {
  rows: number;
  newRowsPerSecond: number;
  changedRowsPerSecond: number;
  unchangedRowsPerSecond: number;
  /** The same contacts, ready-made, from one table into the same one with the same indexes. */
  floorRowsPerSecond: number;
  /** CPU of this process, without PostgreSQL, for one new row. */
  cpuMicrosPerRow: number;
  /** How much more memory this process had at most than before. */
  memoryGrowthMb: number;
  /** Counts of every import and of the table add up. */
  reconciled: boolean;
}

const PLANS = ['Prepaid 30', 'SIM Only 50', 'Unlimited+', 'Family Share', 'Business Pro'];
const NAMES = ['Wei Ming', 'Siti Nurhaliza', 'José', 'Ananya', 'Chloé', 'Arjun', 'Mei Ling', "Siobhán D'Souza"];
const HEADER =
  'Customer No,First Name,Last Name,E-mail,Mobile,Plan,Contract End,Language,Email Consent,SMS Consent,Monthly Spend,Time Zone\n';

function person(n: number, round: number, spend: number): string {
  const plan = PLANS[n % PLANS.length];
  const name = NAMES[n % NAMES.length];
  const mobile = 80_000_000 + ((n * 7919) % 9_999_999);
  return `R${round}C${n},${name},Tan,user.${round}.${n}@example.com,+65 ${mobile},${plan},2026-${10 + (n % 3)}-${10 + (n % 18)},en,yes,${n % 3 ? 'yes' : 'no'},${spend}.${n % 100},Asia/Singapore\n`;
}

async function* csv(rows: number, round: number, spend: (n: number) => number): AsyncGenerator<Buffer> {
  yield Buffer.from(HEADER);
  for (let n = 0; n < rows; ) {
    let text = '';
    for (const end = Math.min(rows, n + 2000); n < end; n++) text += person(n, round, spend(n));
    yield Buffer.from(text);
  }
}

async function runImport(workspaceId: string, stream: AsyncGenerator<Buffer>) {
  const ctx = systemCtx(workspaceId, 'bench');
  const { id: uploadId } = await storeUpload(ctx, { fileName: 'bench.csv', stream });
  const { mapping, encoding, delimiter, hasHeader } = await inspectUpload(ctx, { uploadId });
  const { id } = await startImport(ctx, { uploadId, mapping, options: { encoding, delimiter, hasHeader } });
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  let peak = 0;
  for (let done = false; !done; ) {
    ({ done } = await runImportChunk(ctx, { importId: id, maxRows: 50_000 }));
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const [row] = await pool()<{ counts: Record<string, number> }[]>`select counts from imports where id = ${id}`;
  await pool()`delete from upload_chunks where upload_id = ${uploadId}`;
  return { seconds, cpuMicros: user + system, peak, counts: row?.counts ?? {} };
}

async function insertReadyMade(workspaceId: string, from: string): Promise<number> {
  const sql = pool();
  const columns = sql`external_id, email, phone, first_name, last_name, language, time_zone, attributes, email_consent, sms_consent`;
  await sql`create unlogged table if not exists bench_ready as
    select workspace_id, id, ${columns} from contacts where false`;
  await sql`truncate bench_ready`;
  await sql`insert into bench_ready select ${workspaceId}, 'con_' || md5(id), ${columns} from contacts where workspace_id = ${from} order by id`;
  const startedAt = performance.now();
  await sql`insert into contacts (workspace_id, id, ${columns}) select * from bench_ready`;
  return (performance.now() - startedAt) / 1000;
}

/**
 * Imports a file of new people, the same file with every second row changed, and the same again, through upload,
 * validation and upsert, beside the floor of the same run.
 */
export async function benchImport(databaseUrl: string, rows: number, round = 1): Promise<ImportFigures> {
  await openPoolAt(databaseUrl);
  try {
    const sql = pool();
    const [main, floor] = [`wsp_bench_${round}`, `wsp_floor_${round}`];
    for (const id of [main, floor]) {
      await sql`
        insert into workspaces (id, name, slug, settings) values (${id}, ${id}, ${id}, ${'{"defaultCountry":"SG"}'}::text::jsonb)`;
    }
    const before = process.memoryUsage().rss;
    const added = await runImport(
      main,
      csv(rows, round, () => 10),
    );
    const changed = await runImport(
      main,
      csv(rows, round, (n) => 10 + (n % 2)),
    );
    const same = await runImport(
      main,
      csv(rows, round, (n) => 10 + (n % 2)),
    );
    const [stored] = await sql<{ n: number }[]>`select count(*)::int as n from contacts where workspace_id = ${main}`;
    const floorSeconds = await insertReadyMade(floor, main);
    const half = Math.floor(rows / 2);
    return {
      rows,
      newRowsPerSecond: rows / added.seconds,
      changedRowsPerSecond: rows / changed.seconds,
      unchangedRowsPerSecond: rows / same.seconds,
      floorRowsPerSecond: rows / floorSeconds,
      cpuMicrosPerRow: added.cpuMicros / rows,
      memoryGrowthMb: Math.max(0, Math.max(added.peak, changed.peak, same.peak) - before) / 1_000_000,
      reconciled:
        stored?.n === rows &&
        added.counts.new === rows &&
        changed.counts.updated === half &&
        changed.counts.unchanged === rows - half &&
        same.counts.unchanged === rows,
    };
  } finally {
    await closePool();
  }
}
