import { LogoMark } from './logo';
import { MenuButton } from './menu-button';
import type { WorkspaceSwitcherProps } from './workspace-list';
import { WorkspaceOpener } from './workspace-opener';

/** Which workspace this is; with only one and no way to make another, simply its name. */
export function WorkspaceSwitcher(props: Omit<WorkspaceSwitcherProps, 'trigger'>) {
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
  return <WorkspaceOpener {...props} trigger={<MenuButton mark={<LogoMark />} label={name} />} />;
}
