import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { UserMenu } from '@/components/shell/user-menu';
import { WorkspaceSwitcher } from '@/components/shell/workspace-switcher';
import { DENSITY_COOKIE } from '@/components/ui/density';
import { requireMember } from '@/lib/auth/current';
import { env } from '@/lib/env';
import { signOut, switchWorkspace } from './actions';

/** The frame of every signed-in page. It guards nothing by itself: each page asks for its own `Ctx`. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const { signedIn, membership } = await requireMember();
  const { user, memberships } = signedIn;
  const density = (await cookies()).get(DENSITY_COOKIE)?.value;
  return (
    <AppShell
      memberRole={membership.role}
      demo={env().WAYBILL_DEMO === '1'}
      workspaceZone={membership.timeZone}
      renderedAtMs={Date.now()}
      density={density === 'compact' ? 'compact' : 'comfortable'}
      workspace={
        <WorkspaceSwitcher
          current={{ id: membership.workspaceId, name: membership.name }}
          workspaces={memberships.map(({ workspaceId: id, name }) => ({ id, name }))}
          onSwitch={switchWorkspace}
          newHref="/workspaces/new"
        />
      }
      userMenu={<UserMenu name={user.name} email={user.email} accountHref="/settings/profile" onSignOut={signOut} />}
    >
      {children}
    </AppShell>
  );
}
