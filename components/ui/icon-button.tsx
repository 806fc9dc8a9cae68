'use client';

import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button';
import { cn } from './cn';
import { Hint } from './tooltip';

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label'> {
  /** Says what the button does: its accessible name and its tooltip. */
  label: string;
  icon: ReactNode;
}

export function IconButton({ label, icon, variant = 'quiet', size = 'sm', className, ...rest }: IconButtonProps) {
  const square = size === 'sm' ? 'size-8' : size === 'lg' ? 'size-10' : 'size-9';
  return (
    <Hint content={label}>
      <Button aria-label={label} variant={variant} size={size} className={cn(square, 'px-0', className)} {...rest}>
        {icon}
      </Button>
    </Hint>
  );
}
