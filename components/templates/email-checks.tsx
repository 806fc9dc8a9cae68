'use client';

import { newBlock } from './block-kinds';
import { CheckPanel, type Remark } from './check-panel';
import { useEditor } from './editor-context';
import { type EmailDocument, ROOT } from './email-document';
import { emailRemarks, REMARK_WORDS, whereFieldIsNamed } from './email-remarks';
import { type Finding, useCheck } from './use-check';

interface EmailChecksProps {
  content: EmailDocument | null;
  /** Opens a block, or the lines above the blocks. */
  onShow: (blockId: string | null) => void;
  maySeeSettings: boolean;
}

/** What would go wrong with this email, and the way to each place. */
export function EmailChecks({ content, onShow, maySeeSettings }: EmailChecksProps) {
  const { document, add, isReadOnly } = useEditor();
  const { findings, problem } = useCheck('email', content);

  function actionFor({ code, field }: Finding): Remark['action'] {
    if (code === 'no_unsubscribe_link' || (code === 'no_postal_address' && !hasFooter(document))) {
      return isReadOnly
        ? undefined
        : { label: 'Add a footer', run: () => add(newBlock('footer'), ROOT, document.blocks.length) };
    }
    if (code === 'no_postal_address') {
      return maySeeSettings ? { label: 'Settings', href: '/settings/workspace' } : undefined;
    }
    const place = field ? whereFieldIsNamed(document, field) : null;
    return place ? { label: 'Show', run: () => onShow(place.blockId) } : undefined;
  }

  const remarks = emailRemarks(document).map(
    ({ remark, blockId }): Remark => ({
      key: remark,
      isCritical: false,
      message: REMARK_WORDS[remark],
      action: { label: 'Show', run: () => onShow(blockId) },
    }),
  );
  return (
    <section aria-label="Before it is sent">
      <CheckPanel findings={findings} problem={problem} remarks={remarks} actionFor={actionFor} />
    </section>
  );
}

function hasFooter(document: EmailDocument): boolean {
  return document.blocks.some(({ type }) => type === 'footer');
}
