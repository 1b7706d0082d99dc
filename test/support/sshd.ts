import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { pickPort } from '../../src/engines/ports.ts'
import { eventually } from './throwaway-servers.ts'

export const SSHD = '/usr/sbin/sshd'
export const hasSshd = existsSync(SSHD)

export interface TestSshd {
  port: number
  user: string
  /** The key that opens it. */
  identityFile: string
  knownHostsFile: string
  stop(): Promise<void>
}

/** Starts an OpenSSH server on a loopback port, with keys of its own, for the user who runs the tests. */
export async function startSshd(folder: string): Promise<TestSshd> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const at = (file: string) => join(folder, file)
  for (const name of ['host', 'key'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)])
  const port = await pickPort()
  writeFileSync(at('authorized'), readFileSync(at('key.pub')), { mode: 0o600 })
  writeFileSync(at('known'), `[127.0.0.1]:${port} ${readFileSync(at('host.pub'), 'utf8')}`)
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey "${at('host')}"`,
    `AuthorizedKeysFile "${at('authorized')}"`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'ForceCommand internal-sftp',
    'Subsystem sftp internal-sftp',
  ]
  writeFileSync(at('config'), `${lines.join('\n')}\n`)
  // Where sshd puts its unprivileged half; Debian's own service makes it at its start.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const child = spawn(SSHD, ['-D', '-e', '-f', at('config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text))
  await eventually(async () => {
    if (!told.includes('Server listening')) throw new Error(`sshd does not listen: ${told}`)
  })
  return {
    port,
    user: userInfo().username,
    identityFile: at('key'),
    knownHostsFile: at('known'),
    async stop() {
      child.kill()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
