import { RESTORE } from '../support/command-cases.ts'
import { killMatrix } from '../support/disturbed-runs.ts'

// The same as on the engine local, with containers. All steps would take many minutes: these stop the bot, replace the
// data by a psql that outlives a kill on the other side of `docker exec`, and start the bot.
killMatrix({ ...RESTORE, steps: ['stop', 'swap', 'bot'] })
