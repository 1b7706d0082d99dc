import type { Command } from 'commander'
import type { ClientView } from '../../operations/client-view.ts'
import type { Runner } from '../../program.ts'

/** `bookctl client show <id...>|--all` */
export function register(client: Command, run: Runner): void {
  client
    .command('show')
    .description('everything about a client: settings, hours, services, names, last operations')
    .argument('[id...]', 'clients')
    .option('--all', 'every client of the fleet')
    .action(
      run(async (context, ids: string[], flags: { all?: true }) => {
        const { openFleet } = await import('../../context.ts')
        const { selectClients } = await import('../../fleet/clients.ts')
        const { withServices } = await import('../../operations/services.ts')
        const { viewClient } = await import('../../operations/client-view.ts')
        const fleet = await openFleet(context)
        const clients = await selectClients(fleet, ids, flags.all === true)
        const views = await withServices(context, fleet, async (services) => {
          const found: ClientView[] = []
          for (const one of clients) found.push(await viewClient(services, one))
          return found
        })
        if (context.ui.json) context.ui.document(views)
        else context.ui.data(views.map(render).join('\n\n'))
      }),
    )
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function render(view: ClientView): string {
  const { settings, names } = view
  const ready = view.bot.ready ? 'ready' : view.bot.reason ? `not ready: ${view.bot.reason}` : 'not ready'
  const lines: [string, string][] = [
    ['client', `${view.id}  ${view.title}`],
    ['state', view.state],
    ['bot', `${view.bot.username ? `@${view.bot.username}  ` : ''}${view.bot.state}, ${ready}`],
    ['runs', view.run ? 'yes' : 'kept stopped'],
    ['time zone', view.timeZone],
    ['admins', view.adminIds.join(', ') || '–'],
    ...(settings
      ? ([
          ['hours', hours(view) || '–'],
          [
            'limits',
            `${settings.maxBookingsPerUser} upcoming bookings, cancellation ${settings.cancellationHours} h before, moving ${settings.rescheduleHours ?? settings.cancellationHours} h before, either within ${settings.graceMinutes} min of booking`,
          ],
          [
            'booking',
            `from ${settings.leadMinutes} min to ${settings.horizonDays} days ahead, every ${settings.slotStepMinutes} min`,
          ],
          ['address', settings.address || '–'],
          ['phone', settings.phone || '–'],
          ['map', settings.mapUrl || '–'],
          ['site', settings.siteUrl || '–'],
          ['about', settings.about || '–'],
        ] satisfies [string, string][])
      : []),
    ['schema, role', `${names.schema}, key prefix ${names.keyPrefix}`],
    ['in .env', view.inEnv.join(', ') || '–'],
    ['uuid', view.uuid],
  ]
  const text = lines.map(([name, value]) => `${name.padEnd(14)}${value}`)
  const services = view.services.map(
    (one) =>
      `  ${one.name}, ${one.minutes} min${one.price === null ? '' : `, ${one.price} ₽`}${one.active ? '' : ' (off)'}`,
  )
  if (services.length > 0) text.push(`services (${services.length})`, ...services)
  const operations = view.operations.map(
    (one) =>
      `  ${one.startedAt.slice(0, 16).replace('T', ' ')}  ${one.kind}  ${one.state}${one.state === 'running' && one.step ? ` (step ${one.step})` : ''}  by ${one.startedBy}`,
  )
  if (operations.length > 0) text.push('operations (UTC)', ...operations)
  return text.join('\n')
}

function hours(view: ClientView): string {
  return view.weeklyHours
    .map((row) => `${DAYS[row.weekday - 1] ?? row.weekday} ${row.opens}–${row.closes}`)
    .join(', ')
}
