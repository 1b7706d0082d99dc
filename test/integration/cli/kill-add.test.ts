import { ADD, ADD_WITHOUT_ID, ADOPT } from '../../support/command-cases.ts'
import { killMatrix } from '../../support/disturbed-runs.ts'

killMatrix(ADD, ADD_WITHOUT_ID, ADOPT)
