import type { Tx } from '@/lib/db/client';
import { type Finding, isFreeMailDomain, isPlaceholderDomain } from '@/lib/domain/preflight';
import { LOCAL_KINDS, type ProviderKind } from '@/lib/domain/provider';
import { PROVIDER_NAME } from '@/lib/domain/provider-name';
import type { StepContent } from '@/lib/features/campaigns/step-content';

interface Account {
  id: string;
  name: string;
  kind: ProviderKind;
  maxPerSecond: number | null;
  sandbox: boolean;
  breakerState: 'closed' | 'open' | 'half_open';
  breakerReason: string | null;
  verifiedAt: Date | null;
}

export interface SenderReport {
  findings: Finding[];
  /** The account of each message step and what it allows, by step id. */
  accounts: Record<string, { accountId: string; maxPerSecond: number | null }>;
}

const SETTINGS = { label: 'Open senders', href: '/settings/senders' };
const PROVIDERS = { label: 'Open providers', href: '/settings/providers' };

function judgeAccount(account: Account): Finding[] {
  const found: Finding[] = [];
  if (account.breakerState !== 'closed') {
    found.push({
      level: 'warning',
      code: `provider_trouble:${account.id}`,
      title: `“${account.name}” is not working at the moment: the run would wait for it`,
      ...(account.breakerReason && { detail: account.breakerReason }),
      fix: PROVIDERS,
    });
  }
  if (LOCAL_KINDS.includes(account.kind) || account.sandbox) {
    found.push({
      level: 'note',
      code: `provider_local:${account.id}`,
      title: `“${account.name}” keeps every message in the local inbox: nobody outside gets it`,
      fix: PROVIDERS,
    });
  } else if (account.verifiedAt === null) {
    found.push({
      level: 'warning',
      code: `provider_unproven:${account.id}`,
      title: `“${account.name}” has never been proven to work`,
      detail: 'Press “Check” in its settings, or send yourself a test: a wrong key would pause the run at once.',
      fix: PROVIDERS,
    });
  }
  return found;
}

function judgeAddress(content: StepContent, account: Account): Finding[] {
  const address = content.sender?.address ?? '';
  if (content.kind === 'sms') {
    if (LOCAL_KINDS.includes(account.kind) || /^\+?\d+$/.test(address) || address.startsWith('MG')) return [];
    return [
      {
        level: 'note',
        code: `sender_no_reply:${content.step.id}`,
        title: `Nobody can answer “${address}”, not even with STOP`,
        detail: 'A name instead of a number takes no replies, and some countries do not carry it.',
        fix: SETTINGS,
      },
    ];
  }
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (isFreeMailDomain(domain) && !LOCAL_KINDS.includes(account.kind)) {
    return [
      {
        level: 'warning',
        code: `sender_free_mail:${content.step.id}`,
        title: `Most mailboxes will refuse “${address}” when ${PROVIDER_NAME[account.kind]} sends it`,
        detail: `${domain} asks others to reject mail in its name that it did not send itself (DMARC). Send from a domain of your own.`,
        fix: SETTINGS,
      },
    ];
  }
  if (isPlaceholderDomain(domain) && !LOCAL_KINDS.includes(account.kind)) {
    return [
      {
        level: 'warning',
        code: `sender_placeholder:${content.step.id}`,
        title: `“${address}” is an example address: no answer and no bounce will ever reach you`,
        fix: SETTINGS,
      },
    ];
  }
  return [];
}

/** The senders of all message steps against the providers they send through. */
export async function inspectSenders(
  { sql }: Tx,
  workspaceId: string,
  contents: readonly StepContent[],
): Promise<SenderReport> {
  const ids = contents.flatMap(({ sender }) => sender?.providerAccountId ?? []);
  const rows = await sql<Account[]>`
    select id, name, kind, max_per_second as "maxPerSecond", sandbox, breaker_state as "breakerState",
           breaker_reason as "breakerReason", verified_at as "verifiedAt"
    from provider_accounts where workspace_id = ${workspaceId} and id = any(${ids}::text[]) order by id`;
  const accounts: SenderReport['accounts'] = {};
  const findings = rows.flatMap(judgeAccount);
  for (const content of contents) {
    const account = rows.find(({ id }) => id === content.sender?.providerAccountId);
    if (!account) continue;
    accounts[content.step.id] = { accountId: account.id, maxPerSecond: account.maxPerSecond };
    findings.push(...judgeAddress(content, account));
  }
  return { findings, accounts };
}
