import { fullDiskRuns } from '../support/full-disk-runs.ts'

// The same as on the engine local, with the data of the servers in Docker's volumes: the fleet folder alone is full.
fullDiskRuns(32)
