import { redirect } from 'next/navigation';
import { requireCtx } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { SETTINGS_PAGES } from './settings-pages';

/** The first page of the settings that this role may see. */
export default async function SettingsPage() {
  const ctx = await requireCtx();
  const first = SETTINGS_PAGES.find(({ needs }) => needs === null || may(ctx, needs));
  redirect(first?.href ?? '/settings/profile');
}
