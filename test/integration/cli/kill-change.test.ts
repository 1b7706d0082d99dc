import { RESTART, ROTATE, SET, START, STOP } from '../../support/command-cases.ts'
import { killMatrix } from '../../support/disturbed-runs.ts'

killMatrix(SET, ROTATE, START, STOP, RESTART)
