import { createReadStream } from 'node:fs'
import { Writable } from 'node:stream'
import type { Engine } from '../engines/engine.ts'

/**
 * What stock pg_restore lists of an archive: some lines on how it was made, then one for each entry. Small, however
 * large the archive is. @throws what the engine says of one that pg_restore does not read.
 */
export async function listArchive(engine: Engine, archive: string): Promise<string> {
  let list = ''
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      list += chunk.toString('utf8')
      done()
    },
  })
  await engine.pgTool('pg_restore', ['--list'], { stdin: createReadStream(archive), stdout })
  return list
}
