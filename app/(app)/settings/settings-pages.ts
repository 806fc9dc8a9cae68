import type { Permission } from '@/lib/domain/role';

interface SettingsPage {
  href: string;
  label: string;
  /** Who sees it; `null` is everybody, for what concerns oneself. */
  needs: Permission | null;
}

export const SETTINGS_PAGES: SettingsPage[] = [
  { href: '/settings/workspace', label: 'Workspace', needs: 'workspace.manage' },
  { href: '/settings/members', label: 'Members', needs: 'members.manage' },
  { href: '/settings/providers', label: 'Providers', needs: 'providers.manage' },
  { href: '/settings/senders', label: 'Senders', needs: 'providers.manage' },
  { href: '/settings/connections', label: 'Connections', needs: 'providers.manage' },
  { href: '/settings/keys', label: 'API keys', needs: 'keys.manage' },
  { href: '/settings/webhooks', label: 'Webhooks', needs: 'keys.manage' },
  { href: '/settings/audit', label: 'Audit log', needs: 'audit.read' },
  { href: '/settings/profile', label: 'Profile', needs: null },
  { href: '/settings/sessions', label: 'Sessions', needs: null },
];
