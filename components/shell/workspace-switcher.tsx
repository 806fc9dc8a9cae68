'use client';

import { lazy } from 'react';
import { LogoMark } from './logo';
import { MenuOnDemand } from './menu-on-demand';
import type { WorkspaceSwitcherProps } from './workspace-list';

const load = async () => ({ default: (await import('./workspace-list')).WorkspaceList });
const List = lazy(load);

/** Which workspace this is; with only one and no way to make another, simply its name. */
export function WorkspaceSwitcher(props: WorkspaceSwitcherProps) {
  const { current, workspaces, newHref } = props;
  const name = <span className="min-w-0 grow truncate font-semibold">{current.name}</span>;
  if (workspaces.length < 2 && !newHref) {
    return (
      <div className="flex h-10 w-full items-center gap-2.5 px-2 text-left text-sm">
        <LogoMark />
        {name}
      </div>
    );
  }
  return (
    <MenuOnDemand mark={<LogoMark />} label={name} onNear={() => void load()}>
      <List {...props} />
    </MenuOnDemand>
  );
}
