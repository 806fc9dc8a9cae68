import { STRIP_SEGMENTS, type StripCounts, stripTotal } from '@/lib/domain/strip';
import { INK, INK_FAINT, MONO, RULE } from './frame';

const NUMBER = new Intl.NumberFormat('en');
const HATCH = 'repeating-linear-gradient(135deg,#b8800f 0,#b8800f 3px,#ecc876 3px,#ecc876 6px)';

/** The strip as a table every mail client draws: one row of coloured cells whose widths sum to the audience. */
export function Strip({ counts, heightPx = 18 }: { counts: StripCounts; heightPx?: number }) {
  const total = stripTotal(counts);
  const shown = STRIP_SEGMENTS.filter(({ key }) => counts[key] > 0);
  if (total === 0) return null;
  return (
    <table
      role="presentation"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      style={{ borderCollapse: 'collapse', tableLayout: 'fixed', margin: '6px 0 10px' }}
    >
      <tbody>
        <tr>
          {shown.map(({ key, label, colour }) => (
            <td
              key={key}
              title={`${label}: ${NUMBER.format(counts[key])}`}
              width={widthOf(counts[key], total)}
              style={{
                width: widthOf(counts[key], total),
                height: `${heightPx}px`,
                lineHeight: '1px',
                fontSize: '1px',
                backgroundColor: colour.light,
                ...(key === 'in_doubt' && { backgroundImage: HATCH }),
              }}
            >
              {'\u00a0'}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

/** The numbers beside the strip, right-aligned, with their sum at the end. */
export function StripNumbers({ counts }: { counts: StripCounts }) {
  const label = { padding: '4px 0', fontSize: '14px', lineHeight: '20px', color: INK };
  const number = { ...label, fontFamily: MONO, textAlign: 'right' as const };
  return (
    <table
      role="presentation"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      style={{ borderCollapse: 'collapse', margin: '0 0 14px' }}
    >
      <tbody>
        {STRIP_SEGMENTS.filter(({ key }) => counts[key] > 0).map(({ key, label: name, colour }) => (
          <tr key={key}>
            <td className="ink" style={label}>
              <span style={{ color: colour.light }}>■</span>
              {`\u2002${name}`}
            </td>
            <td className="ink" style={number}>
              {NUMBER.format(counts[key])}
            </td>
          </tr>
        ))}
        <tr>
          <td className="faint rule" style={{ ...label, color: INK_FAINT, borderTop: `1px solid ${RULE}` }}>
            Audience
          </td>
          <td className="ink rule" style={{ ...number, fontWeight: 700, borderTop: `1px solid ${RULE}` }}>
            {`= ${NUMBER.format(stripTotal(counts))}`}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** The same numbers for the plain text part, right-aligned in a column. */
export function stripText(counts: StripCounts): string {
  const rows = STRIP_SEGMENTS.filter(({ key }) => counts[key] > 0).map(
    ({ key, label }) => [label, NUMBER.format(counts[key])] as const,
  );
  return alignedText([...rows, ['Audience', `= ${NUMBER.format(stripTotal(counts))}`]]);
}

/** Label and number pairs in two aligned columns. */
export function alignedText(rows: readonly (readonly [string, string])[]): string {
  const labelWidth = Math.max(0, ...rows.map(([label]) => label.length));
  const numberWidth = Math.max(0, ...rows.map(([, number]) => number.length));
  return rows.map(([label, number]) => `${label.padEnd(labelWidth)}  ${number.padStart(numberWidth)}`).join('\n');
}

// A segment with anybody in it stays visible.
function widthOf(count: number, total: number): string {
  return `${Math.max(1, Math.round((count / total) * 1000) / 10)}%`;
}
