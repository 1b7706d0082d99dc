import type { panel as ru } from '../ru/panel.ts'

/** The admin panel's first screen, and what all its screens say. */
export const panel: Record<keyof typeof ru, string> = {
  'menu-admin': '⚙️ Manage',
  'panel-title': '<b>{ $title }</b>\nManage:',
  'not-allowed': 'You are not allowed to do that. The super admin can allow it.',
}
