/** What an admin may be allowed to do; `panel` is what every admin may. */
export const PERMISSIONS = [
  'panel',
  'manage_admins',
  'view_audit_log',
  'manage_bookings',
  'manage_slots',
  'edit_services',
  'export_data',
  'manage_settings',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const ROLES = ['super_admin', 'moderator'] as const
export type Role = (typeof ROLES)[number]

/** A moderator runs the day; people, money, data and rules are the super admin's. */
const MODERATOR: readonly Permission[] = ['panel', 'manage_bookings', 'manage_slots', 'edit_services']

export function mayDo(role: Role | undefined, permission: Permission): boolean {
  if (role === undefined) return false
  return role === 'super_admin' || MODERATOR.includes(permission)
}
