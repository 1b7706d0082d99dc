import type { Context } from '../context.ts'
import { readEnvFile, requireEnv } from '../env/env-file.ts'
import { clientNames } from '../fleet/names.ts'
import type { BotChange, ClientPlan } from './apply-types.ts'
import { findLivingClient, setClientBot } from './client-rows.ts'
import type { Services } from './services.ts'
import { parseToken, warnOfAnotherBot } from './token.ts'
import { readyAfter } from './wait-ready.ts'

/** Starts, restarts or stops one bot, and waits until it is ready or gone. Says what happened. */
export async function applyBot(context: Context, services: Services, plan: ClientPlan): Promise<string> {
  const change = await decide(services, plan)
  if (change === 'start' || change === 'restart') return await restart(context, services, plan.id)
  if (change !== 'stop') return 'as its file says'
  await services.engine.stop(plan.id)
  return 'stopped'
}

async function decide(
  { engine }: Services,
  { id, bot }: ClientPlan,
): Promise<Exclude<BotChange, 'compare'> | undefined> {
  if (bot !== 'compare') return bot
  return (await engine.drift()).bots.find(({ clientId }) => clientId === id)?.change
}

/** Stop before start, also of one that only seems to be down: Telegram allows one poller. */
async function restart(context: Context, services: Services, id: string): Promise<string> {
  const { engine, db, fleet } = services
  const names = clientNames(id)
  const { botId } = parseToken(requireEnv(await readEnvFile(fleet), names.env.token))
  const before = await findLivingClient(db, id)
  const { botUsername } = await readyAfter(services, names, () => engine.restart(id), {
    signal: context.signal,
  })
  if (before) await setClientBot(db, before.uuid, { id: botId, username: botUsername })
  if (before?.bot_id && before.bot_id !== botId) warnOfAnotherBot(context.ui, id, botUsername)
  return `ready as @${botUsername}`
}
