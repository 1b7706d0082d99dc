import { Composer } from 'grammy'
import { onButton, showEnd } from '../dialogue/screen.ts'
import { mayDo } from '../domain/permissions.ts'
import type { TextKey } from '../i18n/keys.ts'
import type { BotContext } from '../runtime/turn.ts'
import { hasBookings } from '../storage/booking-lookup.ts'
import { type Button, permissionFor } from '../telegram/callback-data.ts'
import { button, inline, inRows } from '../telegram/keyboards.ts'

/** A door of the panel; who may not press its button does not see it. */
interface Section {
  label: TextKey
  button: Button
}

const SECTIONS: readonly Section[] = [
  { label: 'schedule-door', button: { to: 'schedule' } },
  { label: 'schedule-hand-door', button: { to: 'hand-services', page: 0 } },
  { label: 'customers-door', button: { to: 'customers', page: 0 } },
  { label: 'mass-door', button: { to: 'mass' } },
  { label: 'calendar-door', button: { to: 'calendar' } },
  { label: 'staff-section', button: { to: 'staff', page: 0 } },
  { label: 'services-door', button: { to: 'own-services', page: 0 } },
  { label: 'dashboard-door', button: { to: 'dashboard', period: 'day' } },
  { label: 'admins-door', button: { to: 'admins', page: 0 } },
  { label: 'journal-door', button: { to: 'journal', who: '', kind: '', period: 'all', page: 0 } },
  { label: 'exports-door', button: { to: 'exports' } },
  { label: 'broadcast-door', button: { to: 'broadcasts', page: 0 } },
  { label: 'settings-door', button: { to: 'settings' } },
  { label: 'texts-door', button: { to: 'texts' } },
]

/** Any admin: the way to everything that this admin may do. */
export function panelScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.on('message:text', showPanel)
  onButton(screen, 'panel', async (ctx) => {
    await showPanel(ctx)
    return undefined
  })
  return screen
}

async function showPanel(ctx: BotContext): Promise<void> {
  const { tx, texts, role, settings } = ctx.turn
  const doors = SECTIONS.filter((section) => mayDo(role, permissionFor(section.button.to) ?? 'panel'))
  // Who may set everything up is shown where to begin, until the first booking says that it has been done.
  const needsFirstSteps = mayDo(role, 'manage_settings') && !(await hasBookings(tx))
  showEnd(ctx, {
    kind: 'screen',
    html: [
      texts.html('panel-title', { title: settings.title }),
      ...(needsFirstSteps ? [texts.html('panel-first-steps')] : []),
    ].join('\n\n'),
    keyboard: inline(
      ...inRows(
        doors.map((section) => button(texts.plain(section.label), section.button)),
        2,
      ),
    ),
  })
}
