import { DETACH } from '../support/command-cases.ts'
import { killMatrix } from '../support/disturbed-runs.ts'

// The same as on the engine local, with containers; a file for each command, so that few bots run at once.
killMatrix(DETACH)
