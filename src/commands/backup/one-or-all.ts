import { BookctlError } from '../../errors.ts'

/** @throws BookctlError (exit 2) when neither clients nor --all were given, or both; `verb` as in `backup verify`. */
export function requireOneOrAll(named: boolean, all: boolean, verb: string, what = 'a client'): void {
  if (named !== all) return
  throw new BookctlError('clients-missing', 'usage', `Name ${what}, or give --all`, {
    hint: `See: bookctl backup ${verb} --help`,
  })
}
