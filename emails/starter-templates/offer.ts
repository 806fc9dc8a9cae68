import type { EmailTemplateInput } from '@/lib/domain/template';

export const offer: EmailTemplateInput = {
  subject: '{% if first_name %}{{ first_name }}, your{% else %}Your{% endif %} price until Sunday',
  preheader: '20 % less for twelve months. No catch in the small print; there is none.',
  theme: { primary: '#cf3a30', background: '#faf4ec', text: '#231815', radiusPx: 0 },
  blocks: [
    {
      type: 'heading',
      level: 1,
      tone: 'dark',
      padding: 'large',
      align: 'center',
      content: '20 % less.\u00a0For a year.',
    },
    {
      type: 'text',
      align: 'center',
      size: 'large',
      padding: 'large',
      content:
        '{% if monthly_spend %}You pay about **{{ monthly_spend | currency: "EUR" }}** a month. From the first of next month it would be **{{ monthly_spend | times: 0.8 | currency: "EUR" }}**.{% else %}Every plan, every size, from the first of next month.{% endif %}',
    },
    {
      type: 'button',
      label: 'Take the offer',
      url: 'https://example.com/offer?c={{ external_id }}',
      align: 'center',
      padding: 'normal',
    },
    { type: 'text', size: 'small', isMuted: true, align: 'center', content: 'Ends on Sunday at midnight.' },
    { type: 'divider', padding: 'large' },
    {
      type: 'text',
      tone: 'tint',
      padding: 'large',
      content:
        '**How it works**\n\n1. Click the button; we show you your new price.\n2. Confirm. Your plan and number stay as they are.\n3. After twelve months we ask you before anything changes.',
    },
    { type: 'footer', padding: 'large', content: 'You receive this because you asked us to keep you posted.' },
  ],
};
