import { BookctlError } from '../errors.ts'

export function notUp(): BookctlError {
  return new BookctlError('fleet-not-up', 'partly', 'The servers of this fleet do not run', {
    hint: 'bookctl up',
  })
}
