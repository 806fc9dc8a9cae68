import type { EmailTemplateInput } from '@/lib/domain/template';
import { accountNotice } from './starter-templates/account-notice';
import { newsletter } from './starter-templates/newsletter';
import { offer } from './starter-templates/offer';
import { productLaunch } from './starter-templates/product-launch';
import { reminder } from './starter-templates/reminder';
import { welcome } from './starter-templates/welcome';

export interface Starter {
  id: string;
  name: string;
  description: string;
  email: EmailTemplateInput;
}

/** Templates a new workspace starts from. Each is valid, complete and shows another part of the grammar. */
export const STARTERS: readonly Starter[] = [
  {
    id: 'product-launch',
    name: 'Product launch',
    description: 'One product, three reasons, one button.',
    email: productLaunch,
  },
  { id: 'newsletter', name: 'Newsletter', description: 'A letter with three stories.', email: newsletter },
  { id: 'welcome', name: 'Welcome', description: 'Three numbered steps for a new customer.', email: welcome },
  { id: 'offer', name: 'Offer', description: 'A price worked out for each contact.', email: offer },
  { id: 'reminder', name: 'Reminder', description: 'A date, the facts, one way on.', email: reminder },
  {
    id: 'account-notice',
    name: 'Account notice',
    description: 'What changes, what stays, what to do.',
    email: accountNotice,
  },
];
