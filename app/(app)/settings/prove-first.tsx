import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { requireMember } from '@/lib/auth/current';
import { isProofFresh } from '@/lib/auth/prove-identity';

/** Said above what can give others access, while the last proof of who is signed in is old; nothing otherwise. */
export async function ProveFirst({ what, returnTo }: { what: string; returnTo: string }) {
  const { signedIn } = await requireMember();
  if (isProofFresh(signedIn)) return null;
  return (
    <Notice
      tone="attention"
      title={`Confirm that it is you before you ${what}`}
      className="mb-6"
      actions={
        <LinkButton size="sm" href={`/sign-in/again?to=${encodeURIComponent(returnTo)}`}>
          Confirm
        </LinkButton>
      }
    >
      You signed in a while ago. It takes your password or a code, and counts for half an hour.
    </Notice>
  );
}
