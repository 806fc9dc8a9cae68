import { z } from 'zod';

export const ROLES = ['owner', 'admin', 'marketer', 'service_agent', 'viewer'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

export const PERMISSIONS = [
  'workspace.manage',
  'members.manage',
  'providers.manage',
  'keys.manage',
  'contacts.read',
  'contacts.write',
  'contacts.export',
  'contacts.erase',
  'campaigns.read',
  'campaigns.write',
  'campaigns.launch',
  'runs.read',
  'runs.control',
  'reports.read',
  'service.lookup',
  'service.act',
  'audit.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const MARKETER: Permission[] = [
  'contacts.read',
  'contacts.write',
  'contacts.export',
  'campaigns.read',
  'campaigns.write',
  'campaigns.launch',
  'runs.read',
  'runs.control',
  'reports.read',
  'service.lookup',
];

const GRANTS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  marketer: MARKETER,
  service_agent: ['service.lookup', 'service.act'],
  viewer: ['contacts.read', 'campaigns.read', 'runs.read', 'reports.read'],
};

/** Whether a role holds a permission; the one table behind every verb's check. */
export function roleMay(role: Role, permission: Permission): boolean {
  return GRANTS[role].includes(permission);
}
