import { Avatar } from '@/components/ui/avatar';
import { MenuButton } from './menu-button';
import type { UserMenuProps } from './user-menu-list';
import { UserMenuOpener } from './user-menu-opener';

export function UserMenu(props: Omit<UserMenuProps, 'trigger'>) {
  const { name } = props;
  return (
    <UserMenuOpener
      {...props}
      trigger={<MenuButton mark={<Avatar name={name} />} label={<span className="font-medium">{name}</span>} />}
    />
  );
}
