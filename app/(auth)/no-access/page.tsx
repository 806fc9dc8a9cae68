import type { Metadata } from 'next';
import { LinkButton } from '@/components/ui/link-button';
import { requireMember } from '@/lib/auth/current';
import { ROLE_WORDS } from '@/lib/domain/role-words';
import { AuthHeading } from '../auth-heading';

export const metadata: Metadata = { title: 'Not for your role' };

export default async function NoAccessPage() {
  const { membership } = await requireMember();
  const { label, can } = ROLE_WORDS[membership.role];
  return (
    <>
      <AuthHeading title="This page is not for your role">
        <p>
          Your role in {membership.name} is {label.toLowerCase()}. {can}
        </p>
        <p>An owner or admin of the workspace can change that under Settings, Members.</p>
      </AuthHeading>
      <LinkButton href="/" variant="primary" size="lg" className="self-start">
        Back to my start page
      </LinkButton>
    </>
  );
}
