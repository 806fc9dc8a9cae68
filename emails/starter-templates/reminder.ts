import type { EmailTemplateInput } from '@/lib/domain/template';

export const reminder: EmailTemplateInput = {
  subject: 'A reminder about {{ contract_end | date: "d MMMM" | fallback: "your contract" }}',
  preheader: 'Nothing is urgent. One click keeps it that way.',
  theme: { primary: '#7f5400', background: '#f5f2ea' },
  blocks: [
    { type: 'heading', level: 1, content: 'One thing is still open' },
    {
      type: 'text',
      content:
        'Hi {{ first_name | fallback: "there" }},\n\n{% if contract_end %}your contract runs until **{{ contract_end | date: "EEEE, d MMMM yyyy" }}**.{% else %}your contract ends soon.{% endif %} You do not have to do anything; if you would like to keep your conditions, tell us before then.',
    },
    {
      type: 'columns',
      tone: 'tint',
      padding: 'large',
      columns: [
        {
          blocks: [
            { type: 'text', size: 'small', isMuted: true, content: 'YOUR PLAN', padding: 'none' },
            { type: 'heading', level: 3, content: '{{ plan | fallback: "Standard" }}', padding: 'none' },
          ],
        },
        {
          blocks: [
            { type: 'text', size: 'small', isMuted: true, content: 'RUNS UNTIL', padding: 'none' },
            {
              type: 'heading',
              level: 3,
              content: '{{ contract_end | date: "d MMM yyyy" | fallback: "—" }}',
              padding: 'none',
            },
          ],
        },
      ],
    },
    {
      type: 'button',
      label: 'Keep my conditions',
      url: 'https://example.com/renew?c={{ external_id }}',
      padding: 'large',
    },
    { type: 'text', size: 'small', isMuted: true, content: 'Already done? Then thank you, and forget this message.' },
    { type: 'footer', padding: 'large', content: 'You receive this because you asked us to keep you posted.' },
  ],
};
