import type { Role } from '@/lib/domain/role';

/** A role as people read it: its name, and what it lets one do. */
export const ROLE_WORDS: Record<Role, { label: string; can: string }> = {
  owner: { label: 'Owner', can: 'Everything, and decides who else is an owner.' },
  admin: { label: 'Admin', can: 'Everything but making owners: members, providers, keys, campaigns.' },
  marketer: { label: 'Marketer', can: 'Contacts, templates and campaigns: builds, launches, reads reports.' },
  service_agent: { label: 'Service agent', can: 'The service desk only: looks up one customer at a time.' },
  viewer: { label: 'Viewer', can: 'Sees contacts, campaigns, runs and reports; changes nothing.' },
};
