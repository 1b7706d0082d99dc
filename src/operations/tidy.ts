import type { Context } from '../context.ts'
import type { Engine } from '../engines/engine.ts'

/** After a change that went well: what it has left over is taken away, and said. */
export async function tidy({ ui }: Context, engine: Engine): Promise<void> {
  const removed = await engine.tidy()
  if (removed.length > 0) ui.note(`Removed, for no bot uses them any more: ${removed.join(', ')}`)
}
