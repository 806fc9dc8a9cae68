import type { ReactNode } from 'react';
import { Body, Button, Column, Container, Head, Html, Row } from 'react-email';

export const INK = '#141b28';
export const INK_SOFT = '#474f5e';
export const INK_FAINT = '#656b78';
export const RULE = '#e4dfd3';
export const ATTENTION = '#b4430a';
export const SANS = "Geist, 'Helvetica Neue', Helvetica, Arial, sans-serif";
export const MONO = "'Geist Mono', SFMono-Regular, Menlo, Consolas, monospace";

const DARK_RULES = [
  ['.page,.page>table>tbody>tr>td', 'background-color:#0b111b!important'],
  ['.sheet', 'background-color:#111a27!important'],
  ['.ink', 'color:#ece9e1!important'],
  ['.soft', 'color:#b6bdc9!important'],
  ['.faint', 'color:#919baa!important'],
  ['.alert', 'color:#ff9a5c!important'],
  ['.rule', 'border-color:#233043!important'],
  ['.action', 'background-color:#ece9e1!important;color:#141b28!important'],
] as const;

/** Every selector of a list for itself: one left without its scope would hold in every mail program. */
function underOutlook(selector: string, rule: string): string {
  const scope = rule.startsWith('background') ? '[data-ogsb]' : '[data-ogsc]';
  return selector
    .split(',')
    .map((one) => `${scope} ${one}`)
    .join(',');
}

const STYLE = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  `@media (prefers-color-scheme:dark){${DARK_RULES.map(([selector, rule]) => `${selector}{${rule}}`).join('')}}`,
  DARK_RULES.map(([selector, rule]) => `${underOutlook(selector, rule)}{${rule}}`).join(''),
  '@media (max-width:620px){.sides{padding-left:20px!important;padding-right:20px!important}}',
].join('');

/** The sheet every system email is written on: wordmark, rule, content, who sent it and why. */
export function Frame(props: { title: string; preheader: string; reason: string; children: ReactNode }) {
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{props.title}</title>
        <style>{STYLE}</style>
      </Head>
      <Body className="page" style={{ backgroundColor: '#f4f1e9', margin: 0, padding: 0, fontFamily: SANS }}>
        <div style={{ display: 'none', overflow: 'hidden', lineHeight: '1px', opacity: 0, maxHeight: 0, maxWidth: 0 }}>
          {props.preheader}
        </div>
        <Container style={{ maxWidth: '600px', width: '100%', margin: '0 auto', padding: '28px 0 36px' }}>
          <Row>
            <Column className="sides" style={{ padding: '0 36px 14px' }}>
              <p
                className="ink"
                style={{ margin: 0, fontSize: '15px', lineHeight: '20px', fontWeight: 700, color: INK }}
              >
                Waybill
              </p>
            </Column>
          </Row>
          <Row>
            <Column
              className="sheet sides rule"
              style={{
                backgroundColor: '#fffefb',
                border: `1px solid ${RULE}`,
                borderRadius: '4px',
                padding: '32px 35px 34px',
              }}
            >
              {props.children}
            </Column>
          </Row>
          <Row>
            <Column className="sides" style={{ padding: '16px 36px 0' }}>
              <p className="faint" style={{ margin: 0, fontSize: '13px', lineHeight: '20px', color: INK_FAINT }}>
                {props.reason}
              </p>
            </Column>
          </Row>
        </Container>
      </Body>
    </Html>
  );
}

export function Title({ children }: { children: ReactNode }) {
  return (
    <h1
      className="ink"
      style={{
        margin: '0 0 14px',
        fontSize: '24px',
        lineHeight: '31px',
        fontWeight: 700,
        letterSpacing: '-0.01em',
        color: INK,
      }}
    >
      {children}
    </h1>
  );
}

export function Paragraph({ children, isQuiet }: { children: ReactNode; isQuiet?: boolean }) {
  return (
    <p
      className={isQuiet ? 'faint' : 'soft'}
      style={{
        margin: '0 0 14px',
        fontSize: isQuiet ? '14px' : '16px',
        lineHeight: isQuiet ? '21px' : '25px',
        color: isQuiet ? INK_FAINT : INK_SOFT,
        wordBreak: 'break-word',
      }}
    >
      {children}
    </p>
  );
}

export function Action({ href, children }: { href: string; children: ReactNode }) {
  return (
    <div style={{ margin: '22px 0' }}>
      <Button
        href={href}
        className="action"
        style={{
          backgroundColor: INK,
          color: '#fffefb',
          borderRadius: '4px',
          padding: '12px 22px',
          fontSize: '15px',
          fontWeight: 600,
          textAlign: 'center',
        }}
      >
        {children}
      </Button>
    </div>
  );
}

/** A status as a stamp: uppercase, letter-spaced, thin border. */
export function Stamp({ children, isAlert }: { children: string; isAlert?: boolean }) {
  const color = isAlert ? ATTENTION : INK_SOFT;
  return (
    <p style={{ margin: '0 0 14px', lineHeight: '22px' }}>
      <span
        className={isAlert ? 'alert' : 'soft'}
        style={{
          border: `1px solid ${color}`,
          color,
          borderRadius: '2px',
          padding: '2px 7px',
          fontSize: '11px',
          fontWeight: 600,
          letterSpacing: '0.08em',
        }}
      >
        {children.toUpperCase()}
      </span>
    </p>
  );
}

/** Label and value under each other, ruled. */
export function Facts({ facts }: { facts: readonly { label: string; value: string }[] }) {
  const cell = {
    padding: '7px 0',
    borderTop: `1px solid ${RULE}`,
    fontSize: '14px',
    lineHeight: '20px',
    verticalAlign: 'top',
  };
  return (
    <table
      role="presentation"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      style={{ margin: '4px 0 14px', borderCollapse: 'collapse' }}
    >
      <tbody>
        {facts.map(({ label, value }) => (
          <tr key={label}>
            <td className="faint rule" style={{ ...cell, color: INK_FAINT, paddingRight: '16px' }}>
              {label}
            </td>
            <td className="ink rule" style={{ ...cell, color: INK, textAlign: 'right' }}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
