'use client';

import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { UserMenu } from '@/components/shell/user-menu';
import { WorkspaceSwitcher } from '@/components/shell/workspace-switcher';
import type { Command } from '@/components/ui/command-palette';
import { toast } from '@/components/ui/toast';

const PEOPLE = ['Ada Lindqvist', 'Adaeze Okafor', 'Adam Novák', 'Bea Martins', 'Åsa Öberg'];

async function find(query: string): Promise<Command[]> {
  const wanted = query.toLowerCase();
  return PEOPLE.filter((name) => name.toLowerCase().includes(wanted)).map((name) => ({
    id: name,
    label: name,
    group: 'Contact',
    href: '/design#sheets',
  }));
}

export function DesignShell({ renderedAtMs, children }: { renderedAtMs: number; children: ReactNode }) {
  return (
    <AppShell
      renderedAtMs={renderedAtMs}
      memberRole="owner"
      demo
      workspaceZone="Europe/Lisbon"
      badges={{
        runs: { count: 2, noun: 'runs under way' },
        health: { count: 1, attention: true, noun: 'provider needs attention' },
      }}
      commands={[
        { id: 'new', label: 'New campaign', group: 'Start', icon: <Plus />, run: () => toast.done('Draft created.') },
      ]}
      search={find}
      workspace={
        <WorkspaceSwitcher
          current={{ id: 'a', name: 'Northwind Mobile' }}
          workspaces={[
            { id: 'a', name: 'Northwind Mobile' },
            { id: 'b', name: 'Northwind Business' },
          ]}
          onSwitch={() => undefined}
          newHref="/design"
        />
      }
      userMenu={<UserMenu name="Ines Carvalho" email="ines@northwind.example" onSignOut={() => undefined} />}
    >
      {children}
    </AppShell>
  );
}
