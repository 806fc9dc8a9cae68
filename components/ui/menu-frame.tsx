'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { menuItemStyle, menuLabelStyle, menuStyle } from './menu-style';

export interface MenuFrameProps {
  /** One button. */
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'right' | 'left';
  className?: string;
}

/** What `Menu` loads when it is first opened: the same button, and the menu open beneath it. */
export function MenuFrame({ trigger, children, align = 'end', side = 'bottom', className }: MenuFrameProps) {
  return (
    // Not modal: the page behind stays readable to assistive technology while a menu is open.
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(menuStyle, 'min-w-48 p-1', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  icon?: ReactNode;
  shortcut?: string;
  danger?: boolean;
}

/** With `asChild`, give it one link. */
export function MenuItem({ icon, shortcut, danger = false, className, children, asChild, ...rest }: MenuItemProps) {
  const style = cn(
    menuItemStyle,
    danger && 'text-failed-ink data-[highlighted]:bg-failed-wash [&_svg]:text-failed-ink',
    className,
  );
  if (asChild) {
    return (
      <Radix.Item asChild className={style} {...rest}>
        {children}
      </Radix.Item>
    );
  }
  return (
    <Radix.Item className={style} {...rest}>
      {icon}
      <span className="min-w-0 grow truncate">{children}</span>
      {shortcut && <span className="font-mono text-ink-faint text-xs">{shortcut}</span>}
    </Radix.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className={menuLabelStyle}>{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-rule" />;
}

interface MenuChoiceProps {
  value: string;
  onChange: (value: string) => void;
  options: { value: string; label: ReactNode; icon?: ReactNode }[];
}

/** One of several, with a tick at the current one. */
export function MenuChoice({ value, onChange, options }: MenuChoiceProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={menuItemStyle}>
          {option.icon}
          <span className="grow">{option.label}</span>
          <Radix.ItemIndicator>
            <Check />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
