import { IMPORT } from '../../support/command-cases.ts'
import { killMatrix } from '../../support/disturbed-runs.ts'

killMatrix(IMPORT)
