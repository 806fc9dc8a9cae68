import {
  Activity,
  ChartNoAxesColumn,
  FileText,
  Filter,
  Headset,
  House,
  Inbox,
  List,
  type LucideIcon,
  Megaphone,
  Send,
  Settings,
  ShieldBan,
  TableProperties,
  Users,
} from 'lucide-react';
import type { Role } from '@/lib/domain/role';

export interface NavEntry {
  key: string;
  label: string;
  href: string;
  icon: LucideIcon;
  keywords?: string;
  demoOnly?: true;
}

/** The rooms of the product; a rule is drawn between groups. */
const NAV = [
  [
    { key: 'overview', label: 'Overview', href: '/overview', icon: House, keywords: 'home start' },
    { key: 'campaigns', label: 'Campaigns', href: '/campaigns', icon: Megaphone },
    { key: 'runs', label: 'Runs', href: '/runs', icon: Send, keywords: 'dispatch sending' },
    { key: 'reports', label: 'Reports', href: '/reports', icon: ChartNoAxesColumn, keywords: 'opens clicks bounces' },
  ],
  [
    { key: 'contacts', label: 'Contacts', href: '/contacts', icon: Users, keywords: 'people customers import' },
    { key: 'lists', label: 'Lists', href: '/lists', icon: List },
    { key: 'segments', label: 'Segments', href: '/segments', icon: Filter, keywords: 'rules audience' },
    {
      key: 'suppressions',
      label: 'Suppressions',
      href: '/suppressions',
      icon: ShieldBan,
      keywords: 'bounced opted out',
    },
  ],
  [
    { key: 'templates', label: 'Templates', href: '/templates', icon: FileText, keywords: 'email sms content' },
    { key: 'outputs', label: 'Outputs', href: '/outputs', icon: TableProperties, keywords: 'record tables' },
    { key: 'inbox', label: 'Inbox', href: '/inbox', icon: Inbox, keywords: 'captured demo messages', demoOnly: true },
  ],
  [
    { key: 'service', label: 'Service desk', href: '/service', icon: Headset, keywords: 'customer look up phone' },
    { key: 'health', label: 'Health', href: '/health', icon: Activity, keywords: 'workers providers queue' },
    {
      key: 'settings',
      label: 'Settings',
      href: '/settings',
      icon: Settings,
      keywords: 'members providers senders keys',
    },
  ],
] satisfies NavEntry[][];

export type NavKey = (typeof NAV)[number][number]['key'];

/** What a role may see: a service agent has the service desk and nothing else; the inbox exists in demo mode only. */
export function navFor(role: Role, demo: boolean): NavEntry[][] {
  const visible = (entry: NavEntry) => (role === 'service_agent' ? entry.key === 'service' : demo || !entry.demoOnly);
  return NAV.map((group: NavEntry[]) => group.filter(visible)).filter((group) => group.length > 0);
}
