import type { ReactNode } from 'react';
import { Column, Hr, Row } from 'react-email';
import type { EmailTheme } from '@/lib/domain/template';
import type { LaidBlock } from '../compile/lay-out';
import { Footer } from './footer';
import { FlowText, inlineNodes } from './inline';
import { Action, Picture, Social } from './leaves';
import { type Palette, paletteOf } from './theme';

const PADDING_PX = { none: 0, small: 6, normal: 12, large: 30 };
const GUTTER_PX = 10;
const BAND_GAP_PX = 14;
const TEXT_SIZE = {
  small: { fontSize: '14px', lineHeight: '22px' },
  normal: { fontSize: '16px', lineHeight: '26px' },
  large: { fontSize: '19px', lineHeight: '30px' },
};
const HEADING_SIZE = {
  1: { fontSize: '32px', lineHeight: '38px', letterSpacing: '-0.02em' },
  2: { fontSize: '22px', lineHeight: '29px', letterSpacing: '-0.01em' },
  3: { fontSize: '17px', lineHeight: '24px' },
};

type Framed = Exclude<LaidBlock, { type: 'marks' }>;

export interface BlockProps {
  block: LaidBlock;
  theme: EmailTheme;
  /** Colours of the columns block this one stands in. */
  isInColumn?: Palette;
  /** The blocks before and after, to part bands of different tone. */
  neighbours?: [LaidBlock | undefined, LaidBlock | undefined];
}

/** One block as a full-width band in its tone; inside columns the band is the column's cell and has no side padding. */
export function Block(props: BlockProps) {
  const { block, theme, isInColumn, neighbours } = props;
  if (block.type === 'marks') return block.text;
  const palette = isInColumn && !block.tone ? isInColumn : paletteOf(theme, block.tone);
  const padding = PADDING_PX[block.padding ?? (isInColumn ? 'small' : 'normal')];
  const isBare = isInColumn !== undefined && !block.tone;
  const isEdgeToEdge = block.type === 'image' && block.isFullWidth === true;
  const className = [isBare ? '' : `wb-${palette.className}`, isInColumn || isEdgeToEdge ? '' : 'wb-pad']
    .join(' ')
    .trim();
  const sides = isBare || isEdgeToEdge ? 0 : isInColumn ? 16 : 36;
  const [above, below] = (neighbours ?? []).map((other) => padding + bandGap(block, other));
  return (
    <Row>
      <Column
        className={className || undefined}
        style={{
          padding: `${above ?? padding}px ${sides}px ${below ?? padding}px`,
          ...(isBare ? {} : { backgroundColor: palette.background }),
        }}
      >
        <Content block={block} theme={theme} palette={palette} />
      </Column>
    </Row>
  );
}

function bandGap(block: Framed, other: LaidBlock | undefined): number {
  if (!other || !('tone' in other) || (block.tone ?? 'plain') !== 'plain' || block.padding === 'none') return 0;
  return (other.tone ?? 'plain') === 'plain' ? 0 : BAND_GAP_PX;
}

function Content({ block, theme, palette }: { block: Framed; theme: EmailTheme; palette: Palette }): ReactNode {
  switch (block.type) {
    case 'text': {
      const color = block.isMuted ? palette.muted : palette.text;
      const style = { ...TEXT_SIZE[block.size ?? 'normal'], color, textAlign: block.align };
      return (
        <FlowText
          flow={block.flow}
          palette={palette}
          className={block.isMuted ? 'wb-muted' : 'wb-text'}
          style={style}
        />
      );
    }
    case 'heading': {
      const Level = `h${block.level}` as const;
      const style = {
        ...HEADING_SIZE[block.level],
        color: palette.text,
        textAlign: block.align,
        margin: 0,
        fontWeight: 700,
      };
      return (
        <Level className={`wb-text wb-h${block.level}`} style={style}>
          {inlineNodes(block.children, palette)}
        </Level>
      );
    }
    case 'image':
      return <Picture block={block} theme={theme} />;
    case 'button':
      return <Action block={block} theme={theme} palette={palette} />;
    case 'divider':
      return <Hr className="wb-rule" style={{ borderTop: `1px solid ${palette.rule}`, margin: 0 }} />;
    case 'spacer':
      return (
        <div style={{ height: `${block.heightPx}px`, lineHeight: `${block.heightPx}px`, fontSize: '1px' }}>
          {'\u00a0'}
        </div>
      );
    case 'social':
      return <Social block={block} palette={palette} />;
    case 'columns':
      return <Columns block={block} theme={theme} palette={palette} />;
    case 'footer':
      return <Footer block={block} palette={palette} />;
  }
}

function Columns(props: { block: Extract<LaidBlock, { type: 'columns' }>; theme: EmailTheme; palette: Palette }) {
  const { block, theme, palette } = props;
  const even = Math.floor(100 / block.columns.length);
  return (
    <Row>
      {block.columns.map(({ widthPercent = even, blocks }, index) => (
        <Column
          // biome-ignore lint/suspicious/noArrayIndexKey: a rendered email never reorders
          key={index}
          className={block.isStacked ? 'wb-stack' : undefined}
          width={`${widthPercent}%`}
          style={{ width: `${widthPercent}%`, verticalAlign: 'top', padding: gutter(index, block.columns.length) }}
        >
          {blocks.map((inner, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rendered email never reorders
            <Block key={at} block={inner} theme={theme} isInColumn={palette} />
          ))}
        </Column>
      ))}
    </Row>
  );
}

function gutter(index: number, count: number): string {
  return `0 ${index === count - 1 ? 0 : GUTTER_PX}px 0 ${index === 0 ? 0 : GUTTER_PX}px`;
}
