import type { EnvFile } from '../../env/env-file.ts'
import { BookctlError } from '../../errors.ts'
import type { Fleet } from '../../fleet/fleet.ts'

/** How a container calls the host that it runs on. */
const HOST_FROM_CONTAINER = 'host.docker.internal'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/i

/**
 * Refuses addresses that mean something else inside a container than they do on this host.
 * @throws BookctlError (exit 10) with the address to write instead.
 */
export function refuseLoopback(fleet: Fleet, env: EnvFile): void {
  refuse(
    'TELEGRAM_PROXY in .env',
    env.get('TELEGRAM_PROXY'),
    'The proxy must then listen on an address that Docker reaches, not on 127.0.0.1 alone.',
  )
  refuse(
    'telegram.apiRoot in fleet.yml',
    fleet.settings.telegram.apiRoot ?? undefined,
    'For the sandbox: bookctl sandbox --container. What bookctl itself uses goes into telegram.hostApiRoot.',
  )
}

function refuse(where: string, address: string | undefined, more: string): void {
  if (!address || !URL.canParse(address)) return
  const url = new URL(address)
  if (!LOOPBACK.test(url.hostname)) return
  const port = url.port ? `:${url.port}` : ''
  throw new BookctlError(
    'address-loopback',
    'configuration',
    `${where} is an address of this host alone (${url.hostname}): inside a container that is the container itself`,
    {
      hint: `Write ${url.protocol}//${url.username ? '…@' : ''}${HOST_FROM_CONTAINER}${port} instead. ${more}`,
    },
  )
}
