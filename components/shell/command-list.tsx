'use client';

import { Megaphone, Moon, Plus, Send, Sun, Upload, UserRound } from 'lucide-react';
import { type Command, CommandPalette } from '@/components/ui/command-palette';
import { contactName } from '@/lib/domain/contact-name';
import type { Role } from '@/lib/domain/role';
import { chooseScheme, isDark } from './colour-scheme';
import { navFor } from './nav';
import { readJson } from './read-json';

interface CommandListProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  memberRole: Role;
  demo: boolean;
}

const FOUND_OF_EACH = 4;

interface Named {
  id: string;
  name: string;
}
type Person = Parameters<typeof contactName>[0] & { id: string };

async function firstOf<T>(path: string, query: string): Promise<T[]> {
  const { items } = await readJson<{ items: T[] }>(`/api/v1/${path}${encodeURIComponent(query)}`);
  return items.slice(0, FOUND_OF_EACH);
}

/** Campaigns, runs and people by what was typed. */
async function find(query: string): Promise<Command[]> {
  const [campaigns, runs, people] = await Promise.all([
    firstOf<Named>(`campaigns?limit=${FOUND_OF_EACH}&q=`, query),
    firstOf<Named>(`runs?limit=${FOUND_OF_EACH}&q=`, query),
    firstOf<Person>(`contacts?limit=${FOUND_OF_EACH}&search=`, query),
  ]);
  return [
    ...campaigns.map(({ id, name }) => ({
      id,
      label: name,
      group: 'Campaign',
      icon: <Megaphone />,
      href: `/campaigns/${id}`,
    })),
    ...runs.map(({ id, name }) => ({ id, label: name, group: 'Run', icon: <Send />, href: `/runs/${id}` })),
    ...people.map((person) => ({
      id: person.id,
      label: contactName(person),
      hint: person.email ?? undefined,
      group: 'Contact',
      icon: <UserRound />,
      href: `/contacts/${person.id}`,
    })),
  ];
}

const START: Command[] = [
  { id: 'new-campaign', label: 'New campaign', group: 'Start', icon: <Plus />, href: '/campaigns/new' },
  { id: 'import', label: 'Import contacts', group: 'Start', icon: <Upload />, href: '/contacts/import' },
  { id: 'new-template', label: 'New template', group: 'Start', icon: <Plus />, href: '/templates/new' },
  { id: 'new-segment', label: 'New segment', group: 'Start', icon: <Plus />, href: '/segments/new' },
];

/** What ⌘K offers: every page, what can be started, and what is found by name. */
export function CommandList({ open, onOpenChange, memberRole, demo }: CommandListProps) {
  const pages: Command[] = navFor(memberRole, demo)
    .flat()
    .map(({ key, label, href, icon: Icon, keywords }) => ({
      id: `go-${key}`,
      label,
      group: 'Go to',
      href,
      keywords,
      icon: <Icon />,
    }));
  const dark = open && isDark();
  const scheme: Command = {
    id: 'scheme',
    label: dark ? 'Light colour scheme' : 'Dark colour scheme',
    group: 'Look',
    keywords: 'theme mode appearance',
    icon: dark ? <Sun /> : <Moon />,
    run: () => chooseScheme(dark ? 'light' : 'dark'),
  };
  const mayWrite = memberRole !== 'service_agent' && memberRole !== 'viewer';
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      commands={[...(mayWrite ? START : []), ...pages, scheme]}
      search={memberRole === 'service_agent' ? undefined : find}
    />
  );
}
