import { ADD, APPLY, REMOVE, ROTATE } from '../support/command-cases.ts'
import { killMatrix } from '../support/disturbed-runs.ts'

// The same as on the engine local, with containers.
killMatrix(ADD, ROTATE, APPLY, REMOVE)
