import type { ReactNode } from 'react';
import { ZoneProvider } from '@/components/ui/clock';
import type { Density } from '@/components/ui/density';
import { CommandButton } from './command-button';
import { CommandHost } from './command-host';
import { MobileBar } from './mobile-bar';
import { SidebarNav, type SidebarNavProps } from './sidebar-nav';

interface AppShellProps extends SidebarNavProps {
  /** A `WorkspaceSwitcher`. */
  workspace: ReactNode;
  /** A `UserMenu`. */
  userMenu: ReactNode;
  /** Above every page, for what concerns all of them: sending is stalled, a trial, demo mode. */
  banner?: ReactNode;
  /** IANA name; times show it on hover beside the viewer's own. */
  workspaceZone: string;
  locale?: string;
  /** `Date.now()` of the layout that draws the shell. */
  renderedAtMs?: number;
  /** From the cookie `DENSITY_COOKIE`. */
  density?: Density;
  children: ReactNode;
}

/** The frame of every signed-in page. It is given everything and reads nothing. */
export function AppShell(props: AppShellProps) {
  const { memberRole, demo, badges, workspace, userMenu, banner, workspaceZone, locale, renderedAtMs } = props;
  const nav = <SidebarNav memberRole={memberRole} demo={demo} badges={badges} />;
  return (
    <ZoneProvider workspaceZone={workspaceZone} locale={locale} renderedAtMs={renderedAtMs}>
      <div
        data-density={props.density ?? 'comfortable'}
        className="min-h-dvh max-xl:[--bar:3.5rem] xl:grid xl:grid-cols-[15rem_minmax(0,1fr)]"
      >
        <aside className="sticky top-0 flex h-dvh flex-col gap-3 border-rule-strong border-r bg-margin px-3 pt-3 max-xl:hidden">
          {workspace}
          <CommandButton />
          <div className="-mx-3 min-h-0 grow overflow-y-auto px-3 pb-3">{nav}</div>
          <div className="-mx-3 border-rule border-t p-2">{userMenu}</div>
        </aside>
        <div className="flex min-w-0 flex-col">
          <MobileBar>
            {workspace}
            {nav}
            <div className="border-rule border-t pt-3">{userMenu}</div>
          </MobileBar>
          {banner}
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[80rem] grow px-4 py-6 focus:outline-none sm:px-8 sm:py-8"
          >
            {props.children}
          </main>
        </div>
      </div>
      <CommandHost memberRole={memberRole} demo={demo} />
    </ZoneProvider>
  );
}
