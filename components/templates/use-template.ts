import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { ApiProblem, apiCall } from './api-call';
import { useLocalDraft } from './use-local-draft';
import { useSaving, type Written } from './use-saving';

interface StoredTemplate {
  name: string;
  revision: number;
  content: unknown;
}

interface TemplateOptions<C> {
  templateId: string;
  revision: number;
  written: Written<C>;
  isValid: boolean;
  isReadOnly: boolean;
  /** Content as the API stores it, made ready for editing. Constant. */
  open: (stored: unknown) => C;
  /** Whether something found in this browser is content at all. Constant. */
  isContent: (value: unknown) => value is C;
  /** Puts another state on the screen; undo brings back what was there. */
  replace: (written: Written<C>) => void;
}

/** Everything about keeping a template: saving, what this browser holds, other people's saves, earlier versions. */
export function useTemplate<C>(options: TemplateOptions<C>) {
  const { templateId, written, isValid, isReadOnly, open, isContent, replace } = options;
  const saving = useSaving(options);
  const { rebase, saveNow, newestRevision, revision } = saving;
  const [pending, setPending] = useState(false);
  const isWritten = useCallback(
    (value: unknown): value is Written<C> =>
      typeof value === 'object' && value !== null && 'name' in value && 'content' in value && isContent(value.content),
    [isContent],
  );
  const draft = useLocalDraft({
    templateId,
    revision,
    content: written,
    isUnsaved: saving.isUnsaved,
    isContent: isWritten,
  });

  async function attempt(work: () => Promise<void>): Promise<void> {
    setPending(true);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast.failed(error.message);
    } finally {
      setPending(false);
    }
  }

  async function showStored(): Promise<void> {
    const stored = await apiCall<StoredTemplate>(`templates/${templateId}`);
    const next = { name: stored.name, content: open(stored.content) };
    rebase(stored.revision, next);
    replace(next);
  }

  const takeTheirs = () => attempt(showStored);
  const keepMine = () =>
    attempt(async () => {
      const stored = await apiCall<StoredTemplate>(`templates/${templateId}`);
      rebase(stored.revision, null);
    });
  const restore = (version: number) =>
    attempt(async () => {
      if (isValid) await saveNow();
      const json = { revision: newestRevision(), version };
      await apiCall(`templates/${templateId}/restore`, { method: 'POST', json });
      await showStored();
      toast.done(`Version ${version} is back. What was here before stays in the versions.`);
    });

  const found = isReadOnly ? null : draft.found;
  const isStale = found !== null && found.revision !== revision;
  const bringBack = useEffectEvent(() => {
    if (!found) return;
    if (JSON.stringify(found.content) !== JSON.stringify(written)) {
      replace(found.content);
      toast.note('Changes that were not saved last time are back.', { description: 'Undo takes them away.' });
    }
    draft.settle();
  });
  useEffect(() => {
    if (found && !isStale) bringBack();
  }, [found, isStale]);

  return {
    ...saving,
    isValid,
    pending,
    takeTheirs,
    keepMine,
    restore,
    draft: isStale ? found : null,
    takeDraft: bringBack,
    dropDraft: draft.settle,
  };
}
