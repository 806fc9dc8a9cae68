import type { EmailTemplateInput } from '@/lib/domain/template';

export interface Starter {
  id: string;
  name: string;
  description: string;
  email: EmailTemplateInput;
}

const FOOTER = {
  type: 'footer',
  padding: 'large',
  content: 'You receive this because you asked us to keep you posted.',
} as const;

const launch: EmailTemplateInput = {
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
    FOOTER,
  ],
};

const newsletter: EmailTemplateInput = {
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
    FOOTER,
  ],
};

const welcome: EmailTemplateInput = {
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
    { ...FOOTER, content: 'You receive this because you opened an account with us.' },
  ],
};

const offer: EmailTemplateInput = {
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
    FOOTER,
  ],
};

const reminder: EmailTemplateInput = {
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
    FOOTER,
  ],
};

const notice: EmailTemplateInput = {
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
    { ...FOOTER, content: 'This notice concerns your contract with us.' },
  ],
};

/** Templates a new workspace starts from. Each is valid, complete and shows another part of the grammar. */
export const STARTERS: readonly Starter[] = [
  {
    id: 'product-launch',
    name: 'Product launch',
    description: 'One product, three reasons, one button.',
    email: launch,
  },
  { id: 'newsletter', name: 'Newsletter', description: 'A letter with three stories.', email: newsletter },
  { id: 'welcome', name: 'Welcome', description: 'Three numbered steps for a new customer.', email: welcome },
  { id: 'offer', name: 'Offer', description: 'A price worked out for each contact.', email: offer },
  { id: 'reminder', name: 'Reminder', description: 'A date, the facts, one way on.', email: reminder },
  { id: 'account-notice', name: 'Account notice', description: 'What changes, what stays, what to do.', email: notice },
];
