import type { EmailTemplateInput } from '@/lib/domain/template';

export const accountNotice: EmailTemplateInput = {
  subject: 'A change to your account',
  preheader: 'What changes, when, and what you can do.',
  theme: { primary: '#141b28', background: '#eceae4', radiusPx: 4 },
  blocks: [
    { type: 'text', content: 'ACCOUNT NOTICE', size: 'small', isMuted: true, padding: 'small' },
    { type: 'heading', level: 2, content: 'We are changing how your account is billed' },
    {
      type: 'text',
      content:
        'Dear {{ first_name | fallback: "customer" }} {{ last_name | fallback: "" }},\n\nfrom the first of next month your bill is issued on the same day every month. The amount does not change.',
    },
    {
      type: 'text',
      tone: 'tint',
      padding: 'large',
      content:
        '**What changes:** the date of your bill.\n**What stays:** your plan, your price, your number.\n**What you need to do:** nothing.',
    },
    {
      type: 'text',
      content: 'Customer number: **{{ external_id | fallback: "see your last bill" }}**\nSent to: {{ email }}',
    },
    { type: 'button', label: 'Open my account', url: 'https://example.com/account', variant: 'outline' },
    { type: 'divider', padding: 'large' },
    { type: 'footer', padding: 'large', content: 'This notice concerns your contract with us.' },
  ],
};
