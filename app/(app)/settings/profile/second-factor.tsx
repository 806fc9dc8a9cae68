import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { Setting } from '@/components/ui/section';
import { Stamp } from '@/components/ui/stamp';
import { RECOVERY_CODES } from '@/lib/auth/recovery-codes';
import { RenewCodes, TurnOff } from './second-factor-buttons';

interface SecondFactorProps {
  user: { email: string; hasPassword: boolean; hasSecondFactor: boolean };
  codesLeft: number;
  /** Whether a workspace asks for it. */
  isRequired: boolean;
}

export function SecondFactor({ user, codesLeft, isRequired }: SecondFactorProps) {
  const { email, hasPassword, hasSecondFactor } = user;
  const required = isRequired ? ' Your workspace asks for it.' : '';
  return (
    <Setting
      title="Two-factor sign-in"
      description={`Signing in also takes a code from your phone, after a password as after a mailed link.${required}`}
    >
      {hasSecondFactor ? (
        <>
          <p className="flex flex-wrap items-center gap-3">
            <Stamp status="completed" label="On" />
            <span className={codesLeft <= 3 ? 'text-attention-ink' : 'text-ink-soft'}>
              {codesLeft} of {RECOVERY_CODES} recovery codes left
            </span>
          </p>
          <div className="flex flex-wrap gap-2">
            <RenewCodes email={email} trigger={<Button>New recovery codes</Button>} />
            <TurnOff email={email} hasPassword={hasPassword} trigger={<Button>Turn off</Button>} />
          </div>
        </>
      ) : (
        <>
          <p className="text-ink-soft">It is off. You need an authenticator app; setting it up takes a minute.</p>
          <LinkButton href="/two-factor?to=/settings/profile" className="self-start">
            Set up
          </LinkButton>
        </>
      )}
    </Setting>
  );
}
