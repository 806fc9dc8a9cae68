import type { EmailTemplateInput } from '@/lib/domain/template';

export const productLaunch: EmailTemplateInput = {
  subject: '{{ first_name | fallback: "Hello" }}, meet the new one',
  preheader: 'Faster, lighter, and yours first.',
  theme: { primary: '#b4430a', background: '#f6efe8', text: '#1d1712' },
  blocks: [
    { type: 'text', content: 'NEW · AVAILABLE TODAY', size: 'small', isMuted: true, padding: 'small' },
    { type: 'heading', level: 1, content: 'The one you have been waiting for is here' },
    {
      type: 'text',
      size: 'large',
      content:
        'Hi {{ first_name | fallback: "there" }}, we spent two years on one idea: **less waiting, more doing**. Today it is yours.',
    },
    {
      type: 'button',
      label: 'See it for yourself',
      url: 'https://example.com/new?ref={{ external_id }}',
      padding: 'large',
    },
    { type: 'divider' },
    {
      type: 'columns',
      padding: 'large',
      columns: [
        {
          blocks: [
            { type: 'heading', level: 3, content: 'Twice as quick' },
            { type: 'text', size: 'small', content: 'Starts before you have put your cup down.' },
          ],
        },
        {
          blocks: [
            { type: 'heading', level: 3, content: 'Half the weight' },
            { type: 'text', size: 'small', content: 'You will check your bag to see whether it is there.' },
          ],
        },
        {
          blocks: [
            { type: 'heading', level: 3, content: 'A day and a half' },
            { type: 'text', size: 'small', content: 'One charge, with some left for the way home.' },
          ],
        },
      ],
    },
    {
      type: 'conditional',
      if: 'plan == "Pro"',
      blocks: [
        {
          type: 'text',
          tone: 'tint',
          padding: 'large',
          content:
            '**Because you are on Pro** you can order three days before everybody else. [Reserve yours](https://example.com/new/early)',
        },
      ],
    },
    {
      type: 'social',
      padding: 'large',
      links: [
        { network: 'website', url: 'https://example.com' },
        { network: 'instagram', url: 'https://instagram.com/example' },
        { network: 'youtube', url: 'https://youtube.com/@example' },
      ],
    },
    { type: 'footer', padding: 'large', content: 'You receive this because you asked us to keep you posted.' },
  ],
};
