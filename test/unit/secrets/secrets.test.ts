import { expect, test } from 'vitest'
import { decryptWith, encryptTo, generateIdentity } from '../../../src/secrets/age.ts'
import { generatePassword } from '../../../src/secrets/generate.ts'
import { redact, registerSecret } from '../../../src/secrets/redact.ts'

test('a password that this run has seen never comes through, plain or in a URL', () => {
  registerSecret('p@ss/word-1234')
  expect(redact('postgres://u:p%40ss%2Fword-1234@h/db says p@ss/word-1234')).toBe(
    'postgres://u:[redacted]@h/db says [redacted]',
  )
})

test('a bot token never comes through, even one that nobody has registered', () => {
  const token = `8123456789:${'AAbbCCdd-_'.repeat(3)}12345`
  expect(redact(`GET https://api.telegram.org/bot${token}/getMe failed`)).toBe(
    'GET https://api.telegram.org/bot8123456789:[redacted]/getMe failed',
  )
})

test('a short value is no secret: innocent words stay readable', () => {
  registerSecret('anna')
  registerSecret(undefined)
  expect(redact('client_anna is ready')).toBe('client_anna is ready')
})

test('passwords need no quoting anywhere, and are never the same', () => {
  const made = new Set(Array.from({ length: 200 }, generatePassword))
  expect(made.size).toBe(200)
  for (const password of made) expect(password).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('only the fleet’s own identity opens its archives’ secrets', async () => {
  const [ours, other] = await Promise.all([generateIdentity(), generateIdentity()])
  const sealed = await encryptTo([ours.recipient], new TextEncoder().encode('BOT_TOKEN=1:a'))
  expect(new TextDecoder().decode(await decryptWith(ours.identity, sealed))).toBe('BOT_TOKEN=1:a')
  await expect(decryptWith(other.identity, sealed)).rejects.toMatchObject({ code: 'wrong-key', exitCode: 12 })
  await expect(decryptWith(ours.identity, sealed.slice(0, -1))).rejects.toMatchObject({ exitCode: 12 })
})
