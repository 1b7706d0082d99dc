import { expect, test } from 'vitest'
import { scrubText } from '../../../bot/faults/scrub.ts'

const token = `123456789:${'A'.repeat(35)}`

test.each<[string, string, string]>([
  [
    'a token',
    `GET https://api.telegram.org/bot${token}/getMe`,
    'GET https://api.telegram.org/bot[number]:[redacted]/getMe',
  ],
  ['a password that is known', 'login with s3cr3t-pw failed', 'login with [redacted] failed'],
  [
    'the user and password of an address',
    'at socks5://anna:pw@host:1080',
    'at socks5://[redacted]@host:1080',
  ],
  ['a name in quotes', 'Unexpected token in JSON "Вера Ивлева"', 'Unexpected token in JSON "…"'],
  [
    'telephone numbers, however written',
    'call +7 (916) 123-45-67 or 89161234567',
    'call [number] or [number]',
  ],
  ['a Telegram id', 'chat 5000123 is gone', 'chat [number] is gone'],
  ['an e-mail address', 'wrote to vera.i@почта.рф', 'wrote to [address]'],
])('a report does not hold %s', (_, text, expected) => {
  expect(scrubText(text, ['s3cr3t-pw'])).toBe(expected)
})

test('a report keeps what helps to find the fault: names of code and of tables, codes, small numbers', () => {
  const text = `Cannot read 'first_name': relation "client_001.users" at line 42, error 400, in 4096 characters`
  expect(scrubText(text, [])).toBe(text)
})

test('values that PostgreSQL quotes are cut even where they look like a name of code', () => {
  const text = 'invalid input syntax for type integer: "vera"'
  expect(scrubText(text, [], '22P02')).toBe('invalid input syntax for type integer: "…"')
  expect(scrubText('column "vera" does not exist', [], '42703')).toBe('column "vera" does not exist')
})
