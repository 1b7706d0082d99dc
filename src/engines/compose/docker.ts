import { BookctlError } from '../../errors.ts'
import { type RunOptions, run } from '../../exec/exec.ts'

/** Variables by which a person tells the docker command where its engine is; everything else of ours stays ours. */
const PASSED_ON = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS_VERIFY',
  'XDG_RUNTIME_DIR',
]

/** Oldest Compose whose `up --wait`, `config --hash` and profiles do what we need. */
const OLDEST_COMPOSE = [2, 20] as const

const INSTALL = 'https://docs.docker.com/engine/install/'

/** The environment of every docker command: no variable of the operator's shell may get into a compose file. */
export function dockerEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return {
    ...Object.fromEntries(PASSED_ON.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
    // One client's file does not name the others: their containers are no orphans.
    COMPOSE_IGNORE_ORPHANS: 'true',
    // More at once than this only makes every start slow.
    COMPOSE_PARALLEL_LIMIT: '8',
    COMPOSE_ANSI: 'never',
    DOCKER_CLI_HINTS: 'false',
  }
}

/**
 * Runs `docker …` and answers with its stdout.
 * @throws BookctlError `docker-missing` (exit 13), `docker-unreachable` (exit 3), or `docker-failed` (exit 3) with
 * docker's own last lines; `interrupted` (exit 130) when `signal` has ended it.
 */
export async function docker(words: readonly string[], options: RunOptions = {}): Promise<string> {
  try {
    const { stdout } = await run(['docker', ...words], {
      ...options,
      env: { ...dockerEnvironment(), ...options.env },
    })
    return stdout
  } catch (error) {
    throw options.signal?.aborted ? interrupted(error) : translated(error, words)
  }
}

/** Ctrl-C has ended docker; what its engine has begun, the engine finishes. */
function interrupted(cause: unknown): BookctlError {
  return new BookctlError('interrupted', 'interrupted', 'Stopped, as you asked', {
    hint: 'Run the same command again to go on.',
    cause,
  })
}

function translated(error: unknown, words: readonly string[]): unknown {
  if (!(error instanceof BookctlError)) return error
  if (error.code === 'program-missing')
    return new BookctlError('docker-missing', 'preflight', 'Docker is not installed on this host', {
      hint: `Install it (${INSTALL}), or use the engine local: engine: local in fleet.yml.`,
      cause: error,
    })
  if (error.code !== 'program-failed') return error
  if (
    /cannot connect to the docker daemon|error during connect|is the docker daemon running/i.test(
      error.message,
    )
  )
    return new BookctlError('docker-unreachable', 'partly', 'Docker does not answer', {
      hint: 'Start it (systemctl start docker), or see whether you may use it: docker info',
      cause: error,
    })
  if (/permission denied while trying to connect/i.test(error.message))
    return new BookctlError('docker-forbidden', 'preflight', 'You may not use Docker on this host', {
      hint: 'Run as root, or join the group docker: sudo usermod -aG docker "$USER", then log in again.',
      cause: error,
    })
  const failed = words.slice(0, 2).filter((word) => !word.startsWith('-'))
  return new BookctlError(
    'docker-failed',
    'partly',
    error.message.replace(/^docker /, `docker ${failed.join(' ')} `),
    {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.details === undefined ? {} : { details: error.details }),
      cause: error,
    },
  )
}

/**
 * Proves that Docker answers and that its Compose is new enough.
 * @throws BookctlError (exit 13) naming what is there and what is needed; `docker-unreachable` (exit 3).
 */
export async function requireDocker(): Promise<void> {
  await docker(['version', '--format', '{{.Server.Version}}'])
  const found = (
    await docker(['compose', 'version', '--short']).catch((error: unknown) => {
      if (!(error instanceof BookctlError) || error.code !== 'docker-failed') throw error
      throw new BookctlError('compose-missing', 'preflight', 'Docker has no Compose v2 plugin on this host', {
        hint: 'Install the package docker-compose-plugin (https://docs.docker.com/compose/install/).',
        cause: error,
      })
    })
  ).trim()
  if (!isNewEnough(found))
    throw new BookctlError(
      'compose-old',
      'preflight',
      `Docker Compose ${found} is too old: ${OLDEST_COMPOSE.join('.')} or newer is needed`,
      { hint: 'Install a newer docker-compose-plugin (https://docs.docker.com/compose/install/).' },
    )
}

/** `2.26.1-4`, `v2.20.0`, `5.0.1`: whether it is the oldest that we know to work, or newer. */
export function isNewEnough(version: string): boolean {
  const [, major = '0', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
  const [oldestMajor, oldestMinor] = OLDEST_COMPOSE
  return Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor)
}
