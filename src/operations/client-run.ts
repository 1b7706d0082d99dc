import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { clientNames } from '../fleet/names.ts'
import { type ClientDeclaration } from '../fleet/schema.ts'
import { withClientLock } from './client-lock.ts'
import { type ClientRow, findLivingClient } from './client-rows.ts'
import { redeclareClient } from './declare.ts'
import { finishHint } from './finish-hint.ts'
import { audit } from './journal.ts'
import type { Services } from './services.ts'
import { readyAfter, waitReady } from './wait-ready.ts'

export type RunVerb = 'start' | 'stop' | 'restart'

/**
 * Starts, stops or restarts one client's bot, and keeps in its declaration whether it is to run. Ends when the bot is
 * ready, or gone. Answers with what happened.
 * @throws BookctlError (exit 6) when the bot does not get ready; (exit 11) when another operator holds the client.
 */
export async function runClient(
  context: Context,
  services: Services,
  declaration: ClientDeclaration,
  verb: RunVerb,
): Promise<string> {
  const { engine, db } = services
  const { id } = declaration
  const names = clientNames(id)
  return withClientLock(db, id, async () => {
    const { uuid: clientUuid } = await activeClient(services, id)
    const before = await engine.find(names.service)
    const running = before?.state === 'running'
    // Before it is done: a kill may cost the end of the work, and not the trace of it.
    const note = () => audit(db, { action: `client ${verb}`, clientId: id, clientUuid })
    if (verb === 'stop') {
      await redeclareClient(services, id, { run: false })
      if (running) await note()
      await engine.stop(id)
      return running ? 'stopped' : 'was stopped already'
    }
    await redeclareClient(services, id, { run: true })
    if (verb === 'start' && running) {
      await waitReady(services, names, { signal: context.signal })
      return 'was running already'
    }
    await note()
    const act = () => (verb === 'start' ? engine.start(id) : engine.restart(id))
    const { botUsername } = await readyAfter(services, names, act, { signal: context.signal })
    return `ready as @${botUsername}`
  })
}

async function activeClient({ db }: Services, id: string): Promise<ClientRow> {
  const client = await findLivingClient(db, id)
  if (client?.state === 'active') return client
  throw new BookctlError(
    'client-unfinished',
    'conflict',
    `${id} is ${client ? `in the state '${client.state}'` : 'declared, but was never added'}`,
    { hint: finishHint(id, client?.state) },
  )
}
