import { Body, Column, Container, Head, Html, Img, Row, Section } from 'react-email';
import type { EmailTheme } from '@/lib/domain/template';
import type { LaidBlock } from '../compile/lay-out';
import { Block, type BlockProps } from './block';
import { FONT_STACK, paletteOf, styleSheet } from './theme';

export interface CampaignEmailProps {
  language: string;
  title: string;
  preheader: string;
  blocks: LaidBlock[];
  theme: EmailTheme;
  brand: { name: string; logoUrl?: string };
  /** Stands at the very end, where a mark for the open pixel may be. */
  tail: string;
}

// Keeps the list view of a mailbox from reading on into the body after a short preheader.
const PREHEADER_PADDING = '\u00a0\u200c'.repeat(30);

/** The frame of every campaign email: page, card, brand line, blocks. */
export function CampaignEmail({ language, title, preheader, blocks, theme, brand, tail }: CampaignEmailProps) {
  const palette = paletteOf(theme);
  return (
    <Html lang={language}>
      <Head>
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{styleSheet(theme)}</style>
      </Head>
      <Body
        className="wb-page"
        style={{ backgroundColor: theme.background, margin: 0, padding: 0, fontFamily: FONT_STACK[theme.font] }}
      >
        {preheader !== '' && (
          <div
            style={{ display: 'none', overflow: 'hidden', lineHeight: '1px', opacity: 0, maxHeight: 0, maxWidth: 0 }}
          >
            {preheader}
            {PREHEADER_PADDING}
          </div>
        )}
        <Container style={{ maxWidth: `${theme.widthPx}px`, width: '100%', margin: '0 auto', padding: '24px 0' }}>
          <BrandLine theme={theme} brand={brand} />
          <Row>
            <Column
              className="wb-plain"
              style={{
                backgroundColor: palette.background,
                borderRadius: `${theme.radiusPx}px`,
                padding: cardPadding(blocks),
              }}
            >
              {blocks.map((block, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a rendered email never reorders
                <Block key={index} block={block} theme={theme} neighbours={neighboursOf(blocks, index)} />
              ))}
            </Column>
          </Row>
        </Container>
        {tail}
      </Body>
    </Html>
  );
}

function BrandLine({ theme, brand }: Pick<CampaignEmailProps, 'theme' | 'brand'>) {
  if (theme.header === 'none') return null;
  return (
    <Section style={{ padding: '4px 36px 18px' }}>
      {theme.header === 'logo' && brand.logoUrl ? (
        <Img src={brand.logoUrl} alt={brand.name} height={32} style={{ height: '32px', width: 'auto' }} />
      ) : (
        <p
          className="wb-head"
          style={{
            margin: 0,
            fontSize: '15px',
            lineHeight: '22px',
            fontWeight: 700,
            letterSpacing: '0.02em',
            color: theme.text,
          }}
        >
          {brand.name}
        </p>
      )}
    </Section>
  );
}

/** A coloured band at either end fills the card to its edge. */
function cardPadding(blocks: readonly LaidBlock[]): string {
  const shown = blocks.filter((block) => block.type !== 'marks');
  const space = (block: LaidBlock | undefined) =>
    block && 'tone' in block && (block.tone ?? 'plain') !== 'plain' ? 0 : 20;
  return `${space(shown.at(0))}px 0 ${space(shown.at(-1))}px`;
}

function neighboursOf(blocks: readonly LaidBlock[], index: number): BlockProps['neighbours'] {
  const isShown = (block: LaidBlock) => block.type !== 'marks';
  return [blocks.slice(0, index).findLast(isShown), blocks.slice(index + 1).find(isShown)];
}
