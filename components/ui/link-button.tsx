import { type ButtonLook, buttonStyle } from './button-style';
import { cn } from './cn';
import { Link, type LinkProps } from './link';

type LinkButtonProps = LinkProps & ButtonLook;

/** A link that looks like a button: for going somewhere, never for changing something. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  return <Link className={cn(buttonStyle({ variant, size }), className)} {...rest} />;
}

/** A link in running text, or a number that leads to its rows. */
export function TextLink({ className, ...rest }: LinkProps) {
  return (
    <Link
      className={cn(
        'rounded-xs text-link underline decoration-link/40 underline-offset-[3px] hover:decoration-link',
        className,
      )}
      {...rest}
    />
  );
}
