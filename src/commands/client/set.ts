import type { Command } from 'commander'
import type { SetResult } from '../../operations/client-set.ts'
import type { SetFlags } from '../../operations/client-set-several.ts'
import type { Runner } from '../../program.ts'
import type { Ui } from '../../ui/output.ts'
import { collected } from './collected.ts'

const EXAMPLES = `
Examples:
  bookctl client set anna --title "Salon Anna" --work-hours 10-20
  bookctl client set anna --token-file new-token.txt      another token; one restart
  bookctl client set anna --add-admin 123456789
  bookctl client set --all --cancellation-hours 12
  bookctl client set anna boris --setting holdMinutes=5 --setting reminderHours=24,2
  bookctl client set anna --unset holdMinutes             the default again
Every setting, its value and what it allows: bookctl client show anna. An empty value (morningListTime=) switches off
or clears where that is allowed. What is set here counts with the bot's next message.
The bot restarts only for a new token or other admins.`

/** `bookctl client set <id...>` */
export function register(client: Command, run: Runner): void {
  client
    .command('set')
    .description('change title, zone, admins, hours, settings or token of clients')
    .argument('[id...]', 'clients to change')
    .option('--all', 'all clients')
    .option('--title <text>', 'name of the business')
    .option('--timezone <zone>', 'IANA zone, as Europe/Moscow')
    .option('--admin <id>', 'the admins, in place of those of now; may be repeated', collected)
    .option('--add-admin <id>', 'a further admin; may be repeated', collected)
    .option('--remove-admin <id>', 'no longer an admin; may be repeated', collected)
    .option('--work-hours <from-to>', 'as 9-18, on the days of now')
    .option('--max-bookings <n>', 'upcoming bookings per customer')
    .option('--cancellation-hours <n>', 'until when a customer may cancel')
    .option('--address <text>', 'address that customers see')
    .option('--phone <text>', 'telephone that customers see')
    .option('--setting <key=value>', 'any setting, as holdMinutes=5; may be repeated', collected)
    .option('--unset <key>', 'back to the default; may be repeated', collected)
    .option('--token-file <file>', 'file with the new token')
    .option('--token-stdin', 'read the new token from stdin')
    .option('--token <token>', 'the new token itself (stays in your shell history)')
    .option('--skip-token-check', 'do not ask Telegram about the new token')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: SetFlags) => {
        const { setClients } = await import('../../operations/client-set-several.ts')
        const { ui } = context
        const results = await setClients(context, ids, flags, (one) => {
          if (!ui.json) print(ui, one)
        })
        if (ui.json) ui.document(results)
      }),
    )
}

function print(ui: Ui, { id, changes, restarted }: SetResult): void {
  if (changes.length === 0)
    ui.data(restarted ? `${id}: restarted, as an earlier run had left to do` : `${id}: already so`)
  for (const { what, from, to } of changes)
    ui.data(`${id}: ${what}: ${from || '(empty)'} → ${to || '(empty)'}`)
  if (changes.length > 0) ui.note(`${id}: ${restarted ? 'one restart' : 'no restart needed'}`)
}
