import type { LaidBlock } from '../compile/lay-out';
import { FlowText, inlineNodes } from './inline';
import type { Palette } from './theme';

/** Who writes, from where, and the way out: what law and mailbox providers ask of every mailing. */
export function Footer({ block, palette }: { block: Extract<LaidBlock, { type: 'footer' }>; palette: Palette }) {
  const small = { color: palette.muted, fontSize: '13px', lineHeight: '20px' };
  const quiet = { ...palette, link: palette.muted };
  return (
    <>
      {block.flow.length > 0 && <FlowText flow={block.flow} palette={quiet} className="wb-muted" style={small} />}
      <p className="wb-muted" style={{ ...small, margin: '12px 0 0' }}>
        <strong>{block.sender}</strong>
        <br />
        <span style={{ whiteSpace: 'pre-line' }}>{block.address}</span>
      </p>
      <p className="wb-muted" style={{ ...small, margin: '12px 0 0' }}>
        {inlineNodes(block.unsubscribe, quiet)}
        {'\u2002 '}
        {inlineNodes(block.preferences, quiet)}
      </p>
    </>
  );
}
