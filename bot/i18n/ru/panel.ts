/** The admin panel's first screen, and what all its screens say. */
export const panel = {
  'menu-admin': '⚙️ Управление',
  'panel-title': '<b>{ $title }</b>\nУправление:',
  'not-allowed': 'На это у вас нет прав. Их даёт главный администратор.',
} as const
