'use client';

import { lazy } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { MenuOnDemand } from './menu-on-demand';
import type { UserMenuProps } from './user-menu-list';

const load = async () => ({ default: (await import('./user-menu-list')).UserMenuList });
const List = lazy(load);

export function UserMenu(props: UserMenuProps) {
  const { name } = props;
  return (
    <MenuOnDemand
      mark={<Avatar name={name} />}
      label={<span className="font-medium">{name}</span>}
      onNear={() => void load()}
    >
      <List {...props} />
    </MenuOnDemand>
  );
}
