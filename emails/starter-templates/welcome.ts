import type { EmailTemplateInput } from '@/lib/domain/template';

export const welcome: EmailTemplateInput = {
  subject: 'Welcome, {{ first_name | fallback: "and thank you" }}',
  preheader: 'Three steps, about four minutes.',
  theme: { primary: '#0b665f', background: '#eef3f0', radiusPx: 10 },
  blocks: [
    { type: 'heading', level: 1, tone: 'brand', padding: 'large', content: 'Good to have you here' },
    {
      type: 'text',
      padding: 'large',
      content:
        'Hi {{ first_name | fallback: "there" }},\n\nyour account is ready. These three steps take about four minutes, and then everything works.',
    },
    {
      type: 'columns',
      columns: [
        { widthPercent: 14, blocks: [{ type: 'heading', level: 2, content: '1' }] },
        {
          widthPercent: 86,
          blocks: [{ type: 'text', content: '**Confirm your details.** So that we reach you when it matters.' }],
        },
      ],
      isStackedOnMobile: false,
    },
    {
      type: 'columns',
      columns: [
        { widthPercent: 14, blocks: [{ type: 'heading', level: 2, content: '2' }] },
        {
          widthPercent: 86,
          blocks: [{ type: 'text', content: '**Choose what you want to hear about.** Less is fine with us.' }],
        },
      ],
      isStackedOnMobile: false,
    },
    {
      type: 'columns',
      columns: [
        { widthPercent: 14, blocks: [{ type: 'heading', level: 2, content: '3' }] },
        {
          widthPercent: 86,
          blocks: [
            { type: 'text', content: '**Take the app along.** Your plan, your bills, your questions in one place.' },
          ],
        },
      ],
      isStackedOnMobile: false,
    },
    { type: 'button', label: 'Start now', url: 'https://example.com/start', padding: 'large', isFullWidth: true },
    { type: 'text', size: 'small', isMuted: true, content: 'Questions? Just reply to this email; a person reads it.' },
    { type: 'footer', padding: 'large', content: 'You receive this because you opened an account with us.' },
  ],
};
