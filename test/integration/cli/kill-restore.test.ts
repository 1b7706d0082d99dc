import { BACKUP, COPY, RESTORE, RESTORE_KEYS, RESTORE_REMOVED, UNDO } from '../../support/command-cases.ts'
import { killMatrix } from '../../support/disturbed-runs.ts'

killMatrix(BACKUP, RESTORE, RESTORE_KEYS, RESTORE_REMOVED, UNDO, COPY)
