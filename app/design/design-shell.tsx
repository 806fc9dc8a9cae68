'use client';

import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { UserMenu } from '@/components/shell/user-menu';
import { WorkspaceSwitcher } from '@/components/shell/workspace-switcher';

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
