import { expect, test } from 'vitest'
import { RUNTIME_VERSION } from '../../bot/version.ts'
import { BOOKCTL_VERSION } from '../../src/version.ts'

test('a bot tells the version of the command that deploys it', () => {
  expect(RUNTIME_VERSION).toBe(BOOKCTL_VERSION)
})
