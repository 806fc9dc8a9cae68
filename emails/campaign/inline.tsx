import type { CSSProperties, ReactNode } from 'react';
import { Link } from 'react-email';
import type { Flow, Inline } from '../compile/lay-out';
import type { Palette } from './theme';

/** Inline marks as elements. Children never change place, so their index is their key. */
export function inlineNodes(children: readonly Inline[], palette: Palette): ReactNode[] {
  return children.map((child, index) => {
    const key = `${index}`;
    if (typeof child === 'string') return child;
    switch (child.kind) {
      case 'break':
        return <br key={key} />;
      case 'bold':
        return <strong key={key}>{inlineNodes(child.children, palette)}</strong>;
      case 'italic':
        return <em key={key}>{inlineNodes(child.children, palette)}</em>;
      case 'struck':
        return <s key={key}>{inlineNodes(child.children, palette)}</s>;
      default:
        return (
          <Link
            key={key}
            href={child.href}
            className="wb-link"
            style={{ color: palette.link, textDecoration: 'underline' }}
          >
            {inlineNodes(child.children, palette)}
          </Link>
        );
    }
  });
}

/** Paragraphs and lists with the space between them. */
export function FlowText(props: { flow: Flow[]; palette: Palette; style: CSSProperties; className: string }) {
  const { flow, palette, className } = props;
  return flow.map((block, index) => {
    const key = `${index}`;
    const style = { ...props.style, margin: index === flow.length - 1 ? '0' : '0 0 14px' };
    if (block.kind === 'paragraph') {
      return (
        <p key={key} className={className} style={style}>
          {inlineNodes(block.children, palette)}
        </p>
      );
    }
    const List = block.isOrdered ? 'ol' : 'ul';
    return (
      <List key={key} className={className} style={{ ...style, paddingLeft: '22px' }}>
        {block.items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rendered email never reorders
          <li key={at} style={{ margin: '0 0 6px' }}>
            {inlineNodes(item, palette)}
          </li>
        ))}
      </List>
    );
  });
}
