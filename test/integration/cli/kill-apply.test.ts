import { APPLY } from '../../support/command-cases.ts'
import { killMatrix } from '../../support/disturbed-runs.ts'

killMatrix(APPLY)
