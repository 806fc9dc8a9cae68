import { emailTemplateSchema } from '@/lib/domain/template';
import { type EditBlock, type EmailDocument, slotsOf } from './email-document';

/** What is wrong with a document, by the place where it is put right. */
export interface DocumentIssues {
  /** By field of the email itself: `subject`, `preheader`, `theme.primary`. */
  email: Record<string, string>;
  /** By block, then by its field: `content`, `links.0.url`, or `` for the block as a whole. */
  blocks: Record<string, Record<string, string>>;
  count: number;
}

export const NO_ISSUES: DocumentIssues = { email: {}, blocks: {}, count: 0 };

type Path = readonly PropertyKey[];

function innerAt(block: EditBlock, path: Path): { block: EditBlock; rest: Path } | null {
  const [first, second, third, fourth] = path;
  const slots = slotsOf(block);
  const [key, index, length] = first === 'columns' ? [String(second), fourth, 4] : [String(first), second, 2];
  if (first === 'columns' && third !== 'blocks') return null;
  const inner = slots.find((slot) => slot.key === key)?.blocks[Number(index)];
  return inner && typeof index === 'number' ? { block: inner, rest: path.slice(length) } : null;
}

/** The innermost block a path leads to, and what is left of the path there. */
function blockAt(document: EmailDocument, path: Path): { block: EditBlock; rest: Path } | null {
  const top = path[0] === 'blocks' && typeof path[1] === 'number' ? document.blocks[path[1]] : undefined;
  let found: { block: EditBlock; rest: Path } | null = top ? { block: top, rest: path.slice(2) } : null;
  for (let next = found; next; next = innerAt(next.block, next.rest)) found = next;
  return found;
}

/** Checks a document against the grammar; of several things wrong in one field the first is told. */
export function documentIssues(document: EmailDocument): DocumentIssues {
  const parsed = emailTemplateSchema.safeParse(document);
  if (parsed.success) return NO_ISSUES;
  const issues: DocumentIssues = { email: {}, blocks: {}, count: 0 };
  for (const { path, message } of parsed.error.issues) {
    const at = blockAt(document, path);
    const fields = at ? (issues.blocks[at.block.id] ?? {}) : issues.email;
    const field = (at?.rest ?? path).join('.');
    if (fields[field] !== undefined) continue;
    fields[field] = message;
    issues.count++;
    if (at) issues.blocks[at.block.id] = fields;
  }
  return issues;
}
