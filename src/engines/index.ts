import type { Fleet } from '../fleet/fleet.ts'
import { composeEngine } from './compose/compose-engine.ts'
import type { Engine } from './engine.ts'
import { localEngine } from './local/local-engine.ts'

/** The engine that `fleet.yml` names. The only place that asks for the name. */
export function engineFor(fleet: Fleet): Engine {
  const engines = { compose: composeEngine, local: localEngine } satisfies Record<
    typeof fleet.settings.engine,
    unknown
  >
  return engines[fleet.settings.engine](fleet)
}
