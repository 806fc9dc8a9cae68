import type { ReactNode } from 'react';
import { requireMember } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { SettingsNav } from './settings-nav';
import { SETTINGS_PAGES } from './settings-pages';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { ctx } = await requireMember();
  const pages = SETTINGS_PAGES.filter(({ needs }) => needs === null || may(ctx, needs));
  return (
    <>
      <h1 className="pb-4 font-semibold text-xl">Settings</h1>
      <SettingsNav pages={pages.map(({ href, label }) => ({ href, label }))} />
      <div className="pt-8">{children}</div>
    </>
  );
}
