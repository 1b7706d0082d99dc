import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bookctl } from '../../support/cli.ts'
import { ADD, ADOPT, DETACH, IMPORT, REMOVE, ROTATE, SET } from '../../support/command-cases.ts'
import { interruptMatrix } from '../../support/disturbed-runs.ts'
import { fleetWith } from '../../support/fleet.ts'
import { withHold } from '../../support/hold-step.ts'
import { start } from '../../support/kill-at-step.ts'
import { eventually } from '../../support/throwaway-servers.ts'

interruptMatrix(ADD, ADOPT, SET, ROTATE, REMOVE, DETACH, IMPORT)

test('a second Ctrl-C ends at once, in the middle of a step; the same command finishes', async () => {
  const fleet = await fleetWith()
  try {
    const args = await ADD.prepare(fleet, 'client_anna')
    await withHold(fleet, { client: 'client_anna', step: 'schema' }, async (hold) => {
      const command = start(fleet, args)
      await hold.reached()
      command.kill('SIGINT')
      // Two that come together arrive as one.
      await new Promise((resolve) => setTimeout(resolve, 300))
      command.kill('SIGINT')
      expect((await command.ended).exitCode).toBe(130)
      await hold.endSession()
    })
    expect((await fleet.ok(args)).stdout).toContain('client_anna is ready')
  } finally {
    await fleet.stop()
  }
})

describe('up and down that are killed', () => {
  const dir = mkdtempSync(join(tmpdir(), 'bookctl-up-'))
  const killed = (args: readonly string[], when: (stderr: string) => boolean) => {
    let child: { kill(signal: NodeJS.Signals): boolean } | undefined
    let sent = false
    return bookctl(args, {
      cwd: dir,
      onStart: (made) => (child = made),
      onStderr: (text) => {
        if (sent || !when(text)) return
        sent = true
        child?.kill('SIGKILL')
      },
    })
  }
  afterAll(async () => {
    await bookctl(['down', '--delete-data', '--confirm', 'booking'], { cwd: dir })
    rmSync(dir, { recursive: true })
  })

  test('up leaves servers that the next one finds', async () => {
    await bookctl(['init', '--yes', '--engine', 'local'], { cwd: dir })
    const { exitCode } = await killed(['up'], (text) => text.includes('… Start'))
    expect(exitCode).toBe(null)
    expect((await bookctl(['up'], { cwd: dir })).exitCode).toBe(0)
    expect((await bookctl(['status'], { cwd: dir })).exitCode).toBe(0)
  })

  test('down has stopped everything by itself, or the next one does', async () => {
    await killed(['down'], (text) => text.includes('… Stop'))
    expect((await bookctl(['down'], { cwd: dir })).exitCode).toBe(0)
    await eventually(async () => {
      if (existsSync(join(dir, '.bookctl/local/supervisor.json'))) throw new Error('the supervisor is there')
    })
    expect((await bookctl(['up'], { cwd: dir })).exitCode).toBe(0)
  })
})
