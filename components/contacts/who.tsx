import { Address } from '@/components/ui/address';

interface WhoProps {
  name: string | null;
  address: string | null;
  contactId: string;
}

/** A person in a table: the name with the address below it, or whichever of them is known. */
export function Who({ name, address, contactId }: WhoProps) {
  return (
    <span>
      <Address value={name ?? address ?? contactId} />
      {name && address && <Address value={address} className="block font-normal text-ink-faint text-xs" />}
    </span>
  );
}
