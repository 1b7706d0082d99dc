import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cronBlock,
  findBlock,
  isUpToDate,
  minuteOf,
  withBlock,
  withoutBlock,
} from '../../../src/schedule/crontab-block.ts'

const ID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const OTHER = '00000000-0000-4000-8000-000000000001'
const facts = {
  fleetId: ID,
  fleetName: 'booking',
  fleetDir: '/srv/fleet',
  node: '/usr/bin/node',
  program: '/opt/bookctl/bin/bookctl.js',
  environment: { PATH: '/usr/bin:/bin' },
}
const MINE = 'MAILTO=me@example.com\n# my own\n*/5 * * * * /usr/local/bin/mine --all # >>> bookctl\n'

test('a block is one line that looks once an hour, between two that say whose it is', () => {
  expect(
    cronBlock(facts),
  ).toBe(`# >>> bookctl fleet ${ID} (booking); written by bookctl schedule install, taken out by bookctl schedule remove
${minuteOf(ID)} * * * * PATH=/usr/bin:/bin /usr/bin/node /opt/bookctl/bin/bookctl.js schedule run --quiet --fleet /srv/fleet
# <<< bookctl fleet ${ID}
`)
})

test('a folder with spaces, quotes and percent signs reaches the command as it is', () => {
  const fleetDir = `/srv/Anna's 100% fleet`
  const line = cronBlock({ ...facts, fleetDir, node: 'printf', program: '%s|' }).split('\n')[1] ?? ''
  expect(line).not.toMatch(/(?<!\\)%/)
  // What cron does with the line: the five fields go, and \% becomes %.
  const command = line.split(' ').slice(5).join(' ').replaceAll(String.raw`\%`, '%')
  expect(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' })).toBe(
    `schedule|run|--quiet|--fleet|${fleetDir}|`,
  )
})

test('a block of another shell is up to date; one of another program, folder or fleet is not', () => {
  const block = cronBlock({ ...facts, environment: { PATH: '/opt/100%/bin' } })
  expect(isUpToDate(block, facts)).toBe(true)
  for (const other of [{ node: '/opt/node' }, { program: '/x.js' }, { fleetDir: '/srv/100% fleet' }])
    expect(isUpToDate(cronBlock({ ...facts, ...other }), facts)).toBe(false)
})

test('fleets of one machine are spread over the hour', () => {
  const minutes = fc.sample(fc.uuid(), 1000).map(minuteOf)
  expect(Math.min(...minutes)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...minutes)).toBeLessThan(60)
  expect(new Set(minutes).size).toBeGreaterThan(50)
})

// Busy machines take long over random cases.
describe('the lines of others', { timeout: 60_000 }, () => {
  test('stay byte for byte when a block comes, changes and goes, whatever they are', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '# <<< bookctl', '# >>> bookctl fleet'),
    )
    const crontab = fc
      .array(line.map((text) => text.replaceAll(/[\n\r]/g, ' ')))
      .map((lines) => lines.map((one) => `${one}\n`).join(''))
    fc.assert(
      fc.property(crontab, crontab, (before, after) => {
        const others = before + after
        const both = withBlock(before, ID, cronBlock(facts)) + after
        const moved = withBlock(both, ID, cronBlock({ ...facts, fleetDir: '/srv/moved' }))
        expect(findBlock(moved, ID)).toBe(cronBlock({ ...facts, fleetDir: '/srv/moved' }))
        expect(withoutBlock(moved, ID)).toBe(others)
        expect(withBlock(moved, ID, cronBlock(facts))).toBe(both)
      }),
    )
  })

  test('another fleet’s block stays', () => {
    const other = cronBlock({ ...facts, fleetId: OTHER })
    const both = withBlock(withBlock(MINE, OTHER, other), ID, cronBlock(facts))
    expect(withoutBlock(both, ID)).toBe(MINE + other)
    expect(withoutBlock(both, OTHER)).toBe(MINE + cronBlock(facts))
  })

  test('a line that a person has written into the block stays, behind it', () => {
    const [start, command, end] = cronBlock(facts).split('\n')
    const edited = `${MINE}${start}\n0 1 * * * mine\n${command}\n${end}\nlast\n`
    expect(withoutBlock(edited, ID)).toBe(`${MINE}0 1 * * * mine\nlast\n`)
    expect(withBlock(edited, ID, cronBlock(facts))).toBe(`${MINE}${cronBlock(facts)}0 1 * * * mine\nlast\n`)
  })

  test('a block whose last line was deleted does not reach into the lines behind it', () => {
    const [start, command] = cronBlock(facts).split('\n')
    expect(withoutBlock(`${start}\n${command}\n${MINE}`, ID)).toBe(MINE)
    expect(withoutBlock(`${start}\n${MINE}`, ID)).toBe(MINE)
  })

  test('a last line without an end gets one, for cron would not read it', () => {
    expect(withBlock('0 1 * * * mine', ID, cronBlock(facts))).toBe(`0 1 * * * mine\n${cronBlock(facts)}`)
  })
})
