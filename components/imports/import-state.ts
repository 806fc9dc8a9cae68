import type { ImportStatus } from '@/lib/domain/import';

/** An import as its routes answer it. */
export interface ImportState {
  id: string;
  uploadId: string;
  fileName: string;
  status: ImportStatus;
  statusReason: string | null;
  dryRun: boolean;
  listId: string | null;
  counts: { rows: number; new: number; updated: number; unchanged: number; rejected: number; noted?: number };
  processedBytes: number;
  sizeBytes: number;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  undoUntil: string | null;
}

export function isUnderWay({ status }: Pick<ImportState, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}

/** How many rows a dry run says would be written. */
export function wouldWrite({ counts }: Pick<ImportState, 'counts'>): number {
  return counts.new + counts.updated;
}
