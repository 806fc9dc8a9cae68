import { emailTemplateSchema } from '@/lib/domain/template';
import { MimeBuffer } from './mime/mime-buffer';
import { phoneLaunchEmail } from './phone-launch';
import { compileEmail, type EmailToRender, prepareEmail, putMime, renderMime, renderParts } from './render';

export interface RenderBench {
  /** Median CPU per message, including the bytes a socket would be given. */
  mimeMicros: number;
  partsMicros: number;
  /** Size of one MIME message. */
  bytes: number;
}

const ROUNDS = 7;
const MESSAGES = 2_000;

/** Measures rendering of the demo's email, tracked links and pixel included, in CPU time of this process. */
export async function benchRender(): Promise<RenderBench> {
  const compiled = await compileEmail(emailTemplateSchema.parse(phoneLaunchEmail), {
    trackLinks: true,
    trackOpens: true,
    baseUrl: 'https://waybill.example.com',
    postalAddress: 'Example Telecom AG\n1 Harbour Street\n20457 Hamburg',
    brand: { name: 'Example Telecom' },
  });
  const prepared = prepareEmail(compiled, { from: { email: 'news@example.com', name: 'Example Telecom' } });
  const messages = Array.from({ length: MESSAGES }, (_, index) => messageFor(index));
  const bytes = renderMime(prepared, messageFor(0)).length;
  const out = new MimeBuffer();
  const mime = messages.map((message) => () => {
    putMime(prepared, message, out);
    return out.length;
  });
  const parts = messages.map((message) => () => {
    const { html, text } = renderParts(prepared, message);
    // Reading a character makes V8 put the joined pieces together, as the JSON body of a request would.
    return html.charCodeAt(html.length - 1) + text.charCodeAt(0);
  });
  return { mimeMicros: medianMicros(mime), partsMicros: medianMicros(parts), bytes };
}

function medianMicros(jobs: readonly (() => number)[]): number {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => {
    const start = process.cpuUsage();
    for (const job of jobs) job();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / jobs.length;
  });
  const measured = rounds.slice(1).sort((a, b) => a - b);
  return measured[Math.floor(measured.length / 2)] ?? 0;
}

function messageFor(index: number): EmailToRender {
  const token = `dlv_${index.toString(36)}.b8Qz3kXw5tVn0aYcJr1mLg`;
  const base = 'https://waybill.example.com';
  return {
    to: `customer${index}@example.net`,
    toName: `Customer ${index}`,
    values: {
      first_name: `Customer${index}`,
      last_name: 'Ågren',
      email: `customer${index}@example.net`,
      phone: `+49151${String(index).padStart(7, '0')}`,
      external_id: `C-${index}`,
      plan: index % 3 === 0 ? 'Unlimited' : 'Basic',
      device: index % 4 === 0 ? 'Aurora 6' : 'Nimbus X',
      contract_end: '2026-11-30',
      monthly_spend: 20 + (index % 40),
    },
    messageId: `${token}@example.com`,
    date: new Date(1_760_000_000_000 + index * 1000),
    unsubscribeUrl: `${base}/unsubscribe/${token}`,
    preferencesUrl: `${base}/preferences/${token}`,
    clickBase: `${base}/api/t/click/${token}`,
    openUrl: `${base}/api/t/open/${token}`,
  };
}
