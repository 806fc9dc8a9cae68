import type { EmailTemplateInput } from '@/lib/domain/template';

export const newsletter: EmailTemplateInput = {
  subject: 'This month: three things worth your time',
  preheader: 'Five minutes, no fluff.',
  theme: { primary: '#1a5bb8', background: '#eef1f6', font: 'serif', radiusPx: 2 },
  blocks: [
    { type: 'text', content: 'THE MONTHLY LETTER', size: 'small', isMuted: true, padding: 'small' },
    { type: 'heading', level: 1, content: 'Three things worth your time' },
    {
      type: 'text',
      content:
        'Hello {{ first_name | fallback: "reader" }},\n\nhere is what we learned since the last letter. Take five minutes; keep what is useful.',
    },
    { type: 'divider', padding: 'large' },
    { type: 'heading', level: 2, content: '1. What changed, and why it matters' },
    {
      type: 'text',
      content:
        'Say the news in two sentences. Then say what it means for the reader, and nothing else. [Read the whole story](https://example.com/letter/one)',
    },
    { type: 'heading', level: 2, content: '2. A customer who found a better way' },
    {
      type: 'text',
      content:
        '*“We stopped guessing and started asking.”* A short story with one number in it. [How they did it](https://example.com/letter/two)',
    },
    { type: 'heading', level: 2, content: '3. Try this on Monday' },
    {
      type: 'text',
      content: '- One small thing that takes ten minutes\n- One thing to stop doing\n- One question for your team',
    },
    {
      type: 'button',
      label: 'Read it in your browser',
      url: 'https://example.com/letter',
      variant: 'outline',
      padding: 'large',
    },
    {
      type: 'social',
      links: [
        { network: 'linkedin', url: 'https://linkedin.com/company/example' },
        { network: 'x', url: 'https://x.com/example' },
      ],
      align: 'left',
    },
    { type: 'footer', padding: 'large', content: 'You receive this because you asked us to keep you posted.' },
  ],
};
