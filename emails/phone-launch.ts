import type { EmailTemplateInput } from '@/lib/domain/template';

const SHOP = 'https://shop.example.com';

/** The demo's email: a telco invites its customers to a new phone; long, personal, with many links. */
export const phoneLaunchEmail: EmailTemplateInput = {
  subject:
    '{{ first_name | fallback: "Hello" }}, the Aurora 9 is here. Yours from 0 € with {{ plan | fallback: "your plan" }}',
  preheader: 'Order before Friday and keep your number, your plan and your price.',
  language: 'en',
  theme: {
    primary: '#0e5f8a',
    onPrimary: '#ffffff',
    background: '#e9eef3',
    text: '#101a26',
    muted: '#566273',
    radiusPx: 8,
  },
  blocks: [
    {
      type: 'image',
      tone: 'dark',
      padding: 'none',
      isFullWidth: true,
      src: '/email/aurora-9.jpg',
      alt: 'Aurora 9, front and back, under northern lights',
      href: `${SHOP}/aurora-9?customer={{ external_id }}&src=launch-picture`,
    },
    {
      type: 'text',
      tone: 'dark',
      padding: 'large',
      size: 'small',
      isMuted: true,
      content: 'NEW IN THE SHOP · FOR OUR CUSTOMERS FIRST',
    },
    { type: 'heading', tone: 'dark', padding: 'none', level: 1, content: 'Aurora 9. See in the dark.' },
    {
      type: 'text',
      tone: 'dark',
      padding: 'normal',
      size: 'large',
      content:
        'Hi {{ first_name | fallback: "there" }}, a phone with a sensor four times the size, two days of battery and a frame made from what others threw away. You may order it **three days before everybody else**.',
    },
    {
      type: 'button',
      tone: 'dark',
      padding: 'large',
      label: 'Reserve my Aurora 9',
      url: `${SHOP}/aurora-9?customer={{ external_id }}&src=launch`,
    },
    { type: 'spacer', heightPx: 8 },
    {
      type: 'conditional',
      if: 'plan == "Unlimited" or plan == "Pro"',
      blocks: [
        { type: 'heading', level: 2, content: 'Your price: 0 € today' },
        {
          type: 'text',
          content:
            'With **{{ plan }}** the phone costs nothing today and 19 € a month for two years. Everything else stays: number, plan, price. [See the sums](https://shop.example.com/aurora-9/price?plan={{ plan }})',
        },
      ],
      otherwise: [
        { type: 'heading', level: 2, content: 'Your price: 99 € today' },
        {
          type: 'text',
          content:
            'With {{ plan | fallback: "your plan" }} it is 99 € today and 24 € a month for two years. [Change to Unlimited](https://shop.example.com/plans/unlimited?from={{ plan }}) and pay nothing today.',
        },
      ],
    },
    {
      type: 'columns',
      tone: 'tint',
      padding: 'large',
      columns: [
        {
          blocks: [
            { type: 'text', size: 'small', isMuted: true, padding: 'none', content: 'YOUR PHONE TODAY' },
            { type: 'heading', level: 3, padding: 'none', content: '{{ device | fallback: "Not known to us" }}' },
          ],
        },
        {
          blocks: [
            { type: 'text', size: 'small', isMuted: true, padding: 'none', content: 'CONTRACT UNTIL' },
            {
              type: 'heading',
              level: 3,
              padding: 'none',
              content: '{{ contract_end | date: "d MMM yyyy" | fallback: "Open end" }}',
            },
          ],
        },
        {
          blocks: [
            { type: 'text', size: 'small', isMuted: true, padding: 'none', content: 'A MONTH' },
            {
              type: 'heading',
              level: 3,
              padding: 'none',
              content: '{{ monthly_spend | currency: "EUR" | fallback: "—" }}',
            },
          ],
        },
      ],
    },
    { type: 'spacer', heightPx: 12 },
    { type: 'heading', level: 2, content: 'What is new' },
    {
      type: 'columns',
      columns: [
        {
          blocks: [
            { type: 'heading', level: 3, content: 'Night is day' },
            {
              type: 'text',
              size: 'small',
              content:
                'A one-inch sensor and a lens of f/1.4. No tripod, no flash, no excuses. [Sample pictures](https://shop.example.com/aurora-9/camera)',
            },
          ],
        },
        {
          blocks: [
            { type: 'heading', level: 3, content: 'Two days' },
            {
              type: 'text',
              size: 'small',
              content:
                '5,400 mAh and a display that refreshes only what moves. [How we measured](https://shop.example.com/aurora-9/battery)',
            },
          ],
        },
      ],
    },
    {
      type: 'columns',
      columns: [
        {
          blocks: [
            { type: 'heading', level: 3, content: 'Made from yesterday' },
            {
              type: 'text',
              size: 'small',
              content:
                'A frame of recycled aluminium, seven years of updates, a battery you can change. [The whole report](https://shop.example.com/aurora-9/footprint)',
            },
          ],
        },
        {
          blocks: [
            { type: 'heading', level: 3, content: 'At home in 5G' },
            {
              type: 'text',
              size: 'small',
              content:
                'All our bands, eSIM for two numbers, calls over Wi-Fi from the first minute. [Check your coverage](https://www.example.com/coverage)',
            },
          ],
        },
      ],
    },
    { type: 'divider', padding: 'large' },
    { type: 'heading', level: 2, content: 'Trade in {{ device | fallback: "your old phone" }}' },
    {
      type: 'text',
      content:
        '{% if device contains "Aurora" %}As an Aurora owner you get at least **220 €** for it.{% elsif device %}Most phones like your {{ device }} bring between 60 and 180 €.{% else %}Most phones bring between 60 and 180 €.{% endif %} Three questions, one box, and the money is on your next bill.\n\n1. [Tell us its state](https://shop.example.com/trade-in?device={{ device }})\n2. Put it into the box that comes with your Aurora 9\n3. We erase it twice, send you the proof, and pay',
    },
    {
      type: 'button',
      variant: 'outline',
      label: 'What is mine worth?',
      url: `${SHOP}/trade-in?device={{ device }}&customer={{ external_id }}`,
    },
    { type: 'spacer', heightPx: 12 },
    {
      type: 'text',
      tone: 'brand',
      padding: 'large',
      content:
        '**Rather in person?** Keep one in your hand for ten minutes: [find a shop](https://www.example.com/shops) or [book a call](https://www.example.com/call?phone={{ phone }}). We ring {{ phone | mask: 4 | fallback: "you" }} when it suits you.',
    },
    {
      type: 'text',
      padding: 'large',
      size: 'small',
      isMuted: true,
      content:
        'Prices include VAT. Early order ends on Friday at 23:59 or when the first 5,000 are gone. Monthly price over 24 months without interest; total price 456 € with Unlimited or Pro, 675 € with all other plans. [All conditions](https://shop.example.com/aurora-9/conditions). Sent to {{ email }}; customer number {{ external_id | fallback: "not on file" }}.',
    },
    {
      type: 'social',
      links: [
        { network: 'website', url: 'https://www.example.com' },
        { network: 'instagram', url: 'https://www.instagram.com/example' },
        { network: 'youtube', url: 'https://www.youtube.com/@example' },
        { network: 'x', url: 'https://x.com/example' },
      ],
    },
    {
      type: 'footer',
      padding: 'large',
      content: 'You receive this because you are a customer and have agreed to hear about offers.',
    },
  ],
};

/** The demo's SMS: one GSM-7 segment for most names. */
export const phoneLaunchSms =
  '{{ first_name | fallback: "Hi" | truncate: 20, "" }}, your Aurora 9 is reserved until Friday 23:59. Order now: shop.example.com/a9 Stop: reply STOP';
