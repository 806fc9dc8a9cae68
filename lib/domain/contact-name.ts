/** How a contact is called on a screen. */
export function contactName(contact: {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  externalId: string | null;
}): string {
  const name = [contact.firstName, contact.lastName].filter(Boolean).join(' ');
  return name || contact.email || contact.phone || contact.externalId || 'Erased contact';
}
