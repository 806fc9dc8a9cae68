import type { Permission } from './role';

/** What each permission lets a key do, in the order of a form. */
export const SCOPE_WORDS: { scope: Permission; label: string }[] = [
  { scope: 'contacts.read', label: 'Read contacts, lists, segments, history' },
  { scope: 'contacts.write', label: 'Add and change contacts, lists, segments, suppressions' },
  { scope: 'contacts.export', label: 'Export contacts and rows' },
  { scope: 'contacts.erase', label: 'Erase people' },
  { scope: 'campaigns.read', label: 'Read campaigns, templates, outputs' },
  { scope: 'campaigns.write', label: 'Write drafts and templates' },
  { scope: 'campaigns.launch', label: 'Launch campaigns and send events' },
  { scope: 'runs.read', label: 'Read runs and deliveries' },
  { scope: 'runs.control', label: 'Pause, resume, cancel, retry, decide doubts' },
  { scope: 'reports.read', label: 'Read reports' },
  { scope: 'service.lookup', label: 'Look people up' },
  { scope: 'service.act', label: 'Opt people out for them' },
  { scope: 'keys.manage', label: 'Manage keys and webhooks' },
  { scope: 'providers.manage', label: 'Manage providers and senders' },
  { scope: 'members.manage', label: 'Manage members' },
  { scope: 'workspace.manage', label: 'Manage the workspace' },
  { scope: 'audit.read', label: 'Read the audit log' },
];
