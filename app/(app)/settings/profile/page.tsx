import type { Metadata } from 'next';
import { Setting } from '@/components/ui/section';
import { requireMember } from '@/lib/auth/current';
import { countRecoveryCodes } from '@/lib/auth/turn-off-second-factor';
import { ROLE_WORDS } from '@/lib/domain/role-words';
import { NameForm } from './name-form';
import { PasswordForm } from './password-form';
import { SecondFactor } from './second-factor';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfilePage() {
  const { signedIn, membership } = await requireMember();
  const { user } = signedIn;
  const { label, can } = ROLE_WORDS[membership.role];
  const codesLeft = user.hasSecondFactor ? await countRecoveryCodes(user.id) : 0;
  return (
    <div>
      <Setting title="You" description={`${label} in ${membership.name}. ${can}`}>
        <NameForm name={user.name} email={user.email} />
      </Setting>
      <Setting
        title="Password"
        description={
          user.hasPassword
            ? 'Changing it signs you out everywhere else.'
            : 'You have none yet and sign in by mailed links. Both ways work side by side.'
        }
      >
        <PasswordForm email={user.email} hasPassword={user.hasPassword} />
      </Setting>
      <SecondFactor
        user={user}
        codesLeft={codesLeft}
        isRequired={signedIn.memberships.some(({ settings }) => settings.requireSecondFactor)}
      />
    </div>
  );
}
