import type { ReactNode } from 'react';
import { Button, Column, Hr, Img, Link, Row } from 'react-email';
import type { EmailTheme } from '@/lib/domain/template';
import type { LaidBlock } from '../compile/lay-out';
import { Footer } from './footer';
import { FlowText, inlineNodes } from './inline';
import { type Palette, paletteOf } from './theme';

const PADDING_PX = { none: 0, small: 6, normal: 12, large: 30 };
const GUTTER_PX = 10;
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

/** One block as a full-width band in its tone; inside columns the band is the column's cell and has no side padding. */
export function Block({ block, theme, isInColumn }: { block: LaidBlock; theme: EmailTheme; isInColumn?: Palette }) {
  if (block.type === 'marks') return block.text;
  const palette = isInColumn && !block.tone ? isInColumn : paletteOf(theme, block.tone);
  const padding = PADDING_PX[block.padding ?? (isInColumn ? 'small' : 'normal')];
  const isBare = isInColumn !== undefined && !block.tone;
  const className = [isBare ? '' : `wb-${palette.className}`, isInColumn ? '' : 'wb-pad'].join(' ').trim();
  const sides = isBare ? 0 : isInColumn ? 16 : 36;
  return (
    <Row>
      <Column
        className={className || undefined}
        style={{ padding: `${padding}px ${sides}px`, ...(isBare ? {} : { backgroundColor: palette.background }) }}
      >
        <Content block={block} theme={theme} palette={palette} />
      </Column>
    </Row>
  );
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

function Picture({ block, theme }: { block: Extract<LaidBlock, { type: 'image' }>; theme: EmailTheme }) {
  const maxWidth = block.widthPx ?? theme.widthPx;
  const margin = block.align === 'center' ? '0 auto' : block.align === 'right' ? '0 0 0 auto' : '0';
  const image = (
    <Img
      src={block.src}
      alt={block.alt}
      width={maxWidth}
      style={{ width: '100%', maxWidth: `${maxWidth}px`, height: 'auto', margin, borderRadius: `${theme.radiusPx}px` }}
    />
  );
  return block.href ? <Link href={block.href}>{image}</Link> : image;
}

function Action(props: { block: Extract<LaidBlock, { type: 'button' }>; theme: EmailTheme; palette: Palette }) {
  const { block, theme, palette } = props;
  const isOutline = block.variant === 'outline';
  return (
    <div style={{ textAlign: block.align ?? 'left' }}>
      <Button
        href={block.href}
        className={isOutline ? 'wb-link' : undefined}
        style={{
          backgroundColor: isOutline ? 'transparent' : palette.button,
          color: isOutline ? palette.link : palette.onButton,
          border: `1px solid ${palette.button}`,
          borderRadius: `${theme.radiusPx}px`,
          padding: '13px 24px',
          fontSize: '16px',
          fontWeight: 600,
          textAlign: 'center',
          display: block.isFullWidth ? 'block' : 'inline-block',
        }}
      >
        {block.label}
      </Button>
    </div>
  );
}

function Social({ block, palette }: { block: Extract<LaidBlock, { type: 'social' }>; palette: Palette }) {
  return (
    <p
      className="wb-muted"
      style={{
        margin: 0,
        fontSize: '14px',
        lineHeight: '24px',
        textAlign: block.align ?? 'center',
        color: palette.muted,
      }}
    >
      {block.links.map(({ label, href }, index) => [
        index === 0 ? null : '\u2002·\u2002',
        <Link
          key={href}
          href={href}
          className="wb-link"
          style={{ color: palette.link, textDecoration: 'none', fontWeight: 600 }}
        >
          {label}
        </Link>,
      ])}
    </p>
  );
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
