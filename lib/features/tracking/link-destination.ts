import type { CompiledLink } from '@/emails/compile/instructions';
import { pool } from '@/lib/db/client';
import { ContentError } from '@/lib/domain/content-error';
import { isAllowedUrl } from '@/lib/domain/escape';
import { compileUrl } from '@/lib/domain/merge-tags-eval';
import type { HitPlace } from '@/lib/features/tracking/record-hit';

interface LinkTable {
  links: CompiledLink[];
  locale: string;
  workspace: { name: string; postalAddress: string };
}

const tables = new Map<string, LinkTable | null>();
const KEPT_TABLES = 500;

/** The link table of the version a run was launched with; versions never change, so it is kept in memory. */
async function linkTable(place: HitPlace): Promise<LinkTable | null> {
  const key = `${place.runId}/${place.step}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const [row] = await pool()<LinkTable[]>`
    select c -> 'links' as links, c ->> 'locale' as locale, c -> 'workspace' as workspace
    from runs r join campaign_versions v on v.id = r.version_id,
         lateral (select v.frozen #> array['flow', ${String(place.step)}::text, 'content'] as c) content
    where r.workspace_id = ${place.workspaceId} and r.id = ${place.runId}`;
  const table = row?.links ? row : null;
  const oldest = tables.keys().next().value;
  if (tables.size >= KEPT_TABLES && oldest) tables.delete(oldest);
  tables.set(key, table);
  return table;
}

async function snapshotOf(place: HitPlace): Promise<Record<string, unknown>> {
  const [member] = await pool()<{ snapshot: Record<string, unknown> | null }[]>`
    select snapshot from run_members
    where workspace_id = ${place.workspaceId} and run_id = ${place.runId} and contact_id = ${place.contactId}`;
  return member?.snapshot ?? {};
}

/**
 * Where link `index` of that very message leads: only ever to an entry of its frozen link table, filled with the values
 * the message was filled with. Null when there is no such link, so that nobody can be sent anywhere else.
 */
export async function linkDestination(place: HitPlace, index: number): Promise<string | null> {
  const table = await linkTable(place);
  const link = table?.links[index];
  if (!table || !link) return null;
  const isFixed = link.url.every((node) => typeof node === 'string');
  const values = isFixed ? {} : await snapshotOf(place);
  const reserved = {
    'workspace.name': table.workspace.name,
    'workspace.postal_address': table.workspace.postalAddress,
  };
  try {
    const url = compileUrl(link.url, table.locale)({ values, reserved });
    return isAllowedUrl(url) ? url : null;
  } catch (error) {
    if (error instanceof ContentError) return null;
    throw error;
  }
}
