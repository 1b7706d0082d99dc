import { join } from 'node:path'
import type { Fleet } from '../../fleet/fleet.ts'

/** Where the local engine keeps its files. The only place where these names are made. */
export function localLayout(fleet: Fleet) {
  const folder = fleet.paths.local
  const logs = join(folder, 'logs')
  return {
    folder,
    logs,
    log: (service: string) => join(logs, `${service}.log`),
    /** Control port, token and process of the supervisor; there from `up` until `down`. 0600. */
    supervisor: join(folder, 'supervisor.json'),
    lock: join(folder, 'supervisor.lock'),
    /** The processes, so that a new supervisor finds them again. */
    processes: join(folder, 'processes.json'),
    /** Names the folder of the servers' data, which may lie elsewhere. */
    dataRecord: join(folder, 'data-folder.json'),
    data: join(folder, 'data'),
  }
}
export type LocalLayout = ReturnType<typeof localLayout>

/** In every process of the fleet: `<folder>:<service>`. How a bot is found that was started but not yet recorded. */
export const MARK = 'BOOKCTL_SERVICE'
