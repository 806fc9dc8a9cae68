import { type ComponentProps, createElement } from 'react';
import { render } from 'react-email';
import { CampaignEmail } from './campaign-email';

/** The HTML of a campaign's email, with marks where a contact's values go. */
export async function renderCampaign(props: ComponentProps<typeof CampaignEmail>): Promise<string> {
  return await render(createElement(CampaignEmail, props));
}
