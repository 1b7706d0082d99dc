import { Readable, Writable } from 'node:stream'
import { BookctlError } from '../errors.ts'
import { type RunOptions, run } from '../exec/exec.ts'

/** What `crontab -l` says (Debian, cronie; BusyBox) where a user has none. Any other failure is one. */
const NONE = /no crontab for |can't open '[^']*': No such file/

/**
 * The crontab of the user who runs this; empty where there is none. One character for each byte (latin1), so that
 * whatever stands in it can be written back as it was.
 * @throws BookctlError `cron-missing` (exit 13) naming the package; `program-failed` (exit 3).
 */
export async function readCrontab(): Promise<string> {
  const chunks: Buffer[] = []
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk)
      done()
    },
  })
  try {
    await crontab(['-l'], { stdout, env: { LC_ALL: 'C' } })
  } catch (error) {
    if (error instanceof BookctlError && error.code === 'program-failed' && NONE.test(error.message))
      return ''
    throw error
  }
  return Buffer.concat(chunks).toString('latin1')
}

/** Writes the user's crontab, in the form of `readCrontab`; an empty one is taken away. */
export async function writeCrontab(text: string): Promise<void> {
  if (text === '') await crontab(['-r'])
  else await crontab(['-'], { stdin: Readable.from([Buffer.from(text, 'latin1')]) })
}

/** Our own text in that form: paths may hold any letter. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** The reverse: a part of a crontab, for people. */
export function asText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

async function crontab(words: readonly string[], options: RunOptions = {}): Promise<void> {
  try {
    await run(['crontab', ...words], options)
  } catch (error) {
    if (!(error instanceof BookctlError) || error.code !== 'program-missing') throw error
    throw new BookctlError('cron-missing', 'preflight', 'The program crontab is not installed on this host', {
      hint:
        'Install it as root: apt-get install cron (Debian, Ubuntu), dnf install cronie (Fedora). Or let any other ' +
        'scheduler run this once an hour: bookctl schedule run --fleet DIR',
      cause: error,
    })
  }
}
