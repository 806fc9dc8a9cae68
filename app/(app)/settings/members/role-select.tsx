'use client';

import { useOptimistic, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import type { Role } from '@/lib/domain/role';
import { ROLE_WORDS } from '@/lib/domain/role-words';
import { changeRole } from './actions';

interface RoleSelectProps {
  member: { userId: string; name: string; role: Role };
  roles: Role[];
  isFixed: boolean;
}

/** Takes effect at once; goes back by itself if it was refused. */
export function RoleSelect({ member, roles, isFixed }: RoleSelectProps) {
  const [shown, show] = useOptimistic(member.role);
  const [pending, startTransition] = useTransition();
  const { label } = ROLE_WORDS[member.role];
  if (isFixed) return <span title={ROLE_WORDS[member.role].can}>{label}</span>;

  function change(role: string) {
    const next = roles.find((each) => each === role);
    if (!next || next === shown) return;
    startTransition(async () => {
      show(next);
      const result = await answerOf(changeRole({ userId: member.userId, role: next }));
      if (result.ok) toast.done(`${member.name} is ${ROLE_WORDS[next].label.toLowerCase()} now.`);
      else toast.failed('The role stays as it was.', { description: result.error.message });
    });
  }

  return (
    <Select
      aria-label={`Role of ${member.name}`}
      value={shown}
      onValueChange={change}
      title={ROLE_WORDS[shown].can}
      disabled={pending}
      options={roles.map((role) => ({ value: role, label: ROLE_WORDS[role].label }))}
    />
  );
}
