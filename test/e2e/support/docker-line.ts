import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A way to the Docker engine that can be cut: for what uses it, Docker has stopped; containers go on. */
export interface DockerLine {
  /** For the environment of a command. */
  env: { DOCKER_HOST: string }
  cut(): void
  mend(): void
  close(): Promise<void>
}

const SOCKETS = ['/var/run/docker.sock', '/run/docker.sock']

export async function dockerLine(): Promise<DockerLine> {
  const engine = SOCKETS.find((path) => existsSync(path))
  if (engine === undefined) throw new Error('the tests need Docker at its usual socket')
  const folder = mkdtempSync(join(tmpdir(), 'docker-line-'))
  const path = join(folder, 'docker.sock')
  const open = new Set<Socket>()
  let whole = true
  const server = createServer((from) => {
    if (!whole) {
      from.destroy()
      return
    }
    const to = connect(engine)
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
    from.pipe(to).pipe(from)
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return {
    env: { DOCKER_HOST: `unix://${path}` },
    cut() {
      whole = false
      for (const socket of open) socket.destroy()
    },
    mend() {
      whole = true
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
