import { Button, Img, Link } from 'react-email';
import type { EmailTheme } from '@/lib/domain/template';
import type { LaidBlock } from '../compile/lay-out';
import type { Palette } from './theme';

/** A picture, a link if it has somewhere to lead. */
export function Picture({ block, theme }: { block: Extract<LaidBlock, { type: 'image' }>; theme: EmailTheme }) {
  const maxWidth = block.widthPx ?? theme.widthPx;
  const margin = block.align === 'center' ? '0 auto' : block.align === 'right' ? '0 0 0 auto' : '0';
  const image = (
    <Img
      src={block.src}
      alt={block.alt}
      width={maxWidth}
      style={{
        width: '100%',
        maxWidth: `${maxWidth}px`,
        height: 'auto',
        margin,
        borderRadius: block.isFullWidth ? 0 : `${theme.radiusPx}px`,
      }}
    />
  );
  return block.href ? <Link href={block.href}>{image}</Link> : image;
}

/** A button drawn so that Outlook draws it too. */
export function Action(props: { block: Extract<LaidBlock, { type: 'button' }>; theme: EmailTheme; palette: Palette }) {
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

/** Names instead of icons: nothing to load, nothing to block. */
export function Social({ block, palette }: { block: Extract<LaidBlock, { type: 'social' }>; palette: Palette }) {
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
