import { ROLES } from '../../domain/permissions.ts'
import { INVITE_ID_FORM } from '../../storage/invites.ts'
import { number, oneOf, word } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'

const role = oneOf(ROLES)

/** Who runs the business's bot. `adminId` is a Telegram id; `inviteId` names a link and cannot open it. */
export const ADMIN_BUTTONS = needs('manage_admins', {
  admins: form('Al', { page: number }),
  admin: form('Ac', { adminId: number }),
  'ask-role': form('Aq', { adminId: number, role }),
  'set-role': form('Ar', { adminId: number, role }),
  'ask-remove-admin': form('Ad', { adminId: number }),
  'remove-admin': form('Ax', { adminId: number }),
  'add-admin': form('Aa'),
  'add-admin-as': form('Aw', { role }),
  'ask-admin-id': form('At', { role }),
  'add-admin-id': form('Ay', { role, adminId: number }),
  'invite-admin': form('Ai', { role }),
  'admin-invites': form('Ao', { page: number }),
  'withdraw-admin-invite': form('Az', { inviteId: word(INVITE_ID_FORM, '0123456789abcdef') }),
})
