import { basename, dirname, posix } from 'node:path'
import { partialOf } from '../backup/durable.ts'
import { run } from '../exec/exec.ts'
import type { OffsiteSettings } from '../fleet/offsite-settings.ts'
import type { OffsiteTarget } from './target.ts'

const OPTIONS = [
  'BatchMode=yes',
  'StrictHostKeyChecking=yes',
  'ConnectTimeout=20',
  // A line that went dead ends the copy after a minute.
  'ServerAliveInterval=15',
  'ServerAliveCountMax=4',
]

/**
 * A folder on another host, by this system's own sftp: an account that may do nothing else is enough. It never asks:
 * the key is taken from a file or an agent, and a host whose key is not known is refused.
 */
export function sshTarget(settings: OffsiteSettings & { type: 'ssh' }): OffsiteTarget {
  const { host, port, user, path, identityFile, knownHostsFile } = settings
  const at = (key: string) => posix.join(path, key)
  const argv = [
    'sftp',
    '-b',
    '-',
    '-P',
    String(port),
    ...OPTIONS.map((option) => `-o${option}`),
    ...(identityFile === null ? [] : ['-oIdentitiesOnly=yes', `-oIdentityFile=${optionValue(identityFile)}`]),
    ...(knownHostsFile === null ? [] : [`-oUserKnownHostsFile=${optionValue(knownHostsFile)}`]),
    '--',
    user === null ? host : `${user}@${host}`,
  ]
  const agent = process.env['SSH_AUTH_SOCK']
  const batch = async (cwd: string | undefined, ...lines: string[]) =>
    await run(argv, {
      stdin: `${lines.join('\n')}\n`,
      ...(cwd === undefined ? {} : { cwd }),
      ...(agent === undefined ? {} : { env: { SSH_AUTH_SOCK: agent } }),
      hint: `Try it: sftp -P ${port} ${argv.at(-1)}. The host's key must be in known_hosts, the login must need no password.`,
    })
  return {
    async list(folder) {
      // A folder that is not there fails like anything else: the one above it tells.
      const names = async (key: string) => {
        const { stdout } = await batch(undefined, `ls -1a ${quoted(at(key))}`)
        const lines = stdout.split('\n').filter((line) => !line.startsWith('sftp> '))
        return lines
          .map((line) => basename(line.trim()))
          .filter((name) => name !== '' && !/^\.\.?$/.test(name))
      }
      const above = await names('')
      if (folder === '') return above
      if (!above.includes(folder)) return []
      return (await names(folder)).filter((name) => !name.endsWith(partialOf('')))
    },
    async put(key, file) {
      // Names of files hold nothing that sftp would take for a pattern; the folder may.
      const remote = at(key)
      await batch(
        dirname(file),
        `-mkdir ${quoted(dirname(remote))}`,
        `put ${quoted(basename(file))} ${quoted(partialOf(remote))}`,
        `rename ${quoted(partialOf(remote))} ${quoted(remote)}`,
      )
    },
    async get(key, file) {
      await batch(dirname(file), `get ${quoted(at(key))} ${quoted(basename(file))}`)
    },
  }
}

/** A value of ssh's configuration, where a space would begin the next one. */
function optionValue(path: string): string {
  return `"${path}"`
}

/** A word of sftp's own language: nothing in quotes is a pattern. */
function quoted(word: string): string {
  return `"${word.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
