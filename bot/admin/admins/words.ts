import type { Role } from '../../domain/permissions.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Admin } from '../../storage/admins.ts'

/** An admin's name without HTML, for buttons: the full name, else @username, else the id. */
export function adminName(admin: Pick<Admin, 'telegramId' | 'firstName' | 'lastName' | 'username'>): string {
  const full = [admin.firstName, admin.lastName].filter(Boolean).join(' ').trim()
  return full || (admin.username ? `@${admin.username}` : String(admin.telegramId))
}

export const ROLE_SIGNS: Record<Role, string> = { super_admin: '👑', moderator: '🛠' }

export function roleName(texts: Texts, role: Role): string {
  return texts.plain(`admins-role-${role}`)
}

export function otherRole(role: Role): Role {
  return role === 'super_admin' ? 'moderator' : 'super_admin'
}
