import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lastBotMessage, type Person } from '../../../sandbox/client.ts'
import { census, factsOf, factsOfNobody } from '../../support/census.ts'
import { ADD, type CommandCase, REMOVE, ROTATE, SET } from '../../support/command-cases.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { withHold } from '../../support/hold-step.ts'
import { start } from '../../support/kill-at-step.ts'
import { killServer, serversAnswer, withoutServer } from '../../support/server-outage.ts'

let fleet: TestFleet
let nobody: string[]
beforeAll(async () => {
  fleet = await fleetWith()
  nobody = factsOfNobody(await census(fleet))
})
afterAll(() => fleet?.stop())

const calm = new Map<CommandCase, string[]>()
/** The run that nobody disturbs, for comparison. */
async function undisturbed(one: CommandCase): Promise<string[]> {
  const id = `client_calm_${one.word}`
  const known = calm.get(one)
  if (known) return known
  await fleet.ok(await one.prepare(fleet, id))
  const facts = factsOf(await census(fleet), id)
  calm.set(one, facts)
  return facts
}

describe('a server that goes away in the middle', () => {
  test.each<[string, string, CommandCase]>([
    ['client add', 'schema', ADD],
    ['client set', 'settings', SET],
    ['client set with a new token', 'declaration', ROTATE],
    ['client remove', 'backup', REMOVE],
    ['client remove', 'secrets', REMOVE],
  ])(
    'PostgreSQL, in %s at the step %s: that is said, and the same command finishes',
    async (_, step, one) => {
      const expected = await undisturbed(one)
      const id = `client_${one.word}_${step}`
      const args = await one.prepare(fleet, id)
      const result = await withHold(fleet, { client: id, step }, async (hold) => {
        const command = start(fleet, args)
        await hold.reached()
        killServer(fleet, 'postgres')
        return command.ended
      })
      expect(result.stderr).toMatch(
        /✗ PostgreSQL at 127\.0\.0\.1:\d+ went away\n {2}When it is back, run the same command/,
      )
      expect(result.exitCode).toBe(3)
      await serversAnswer(fleet)
      await fleet.ok(args)
      const facts = await census(fleet)
      expect(factsOf(facts, id)).toEqual(expected)
      expect(factsOfNobody(facts)).toEqual(nobody)
    },
  )

  test.each<[string, string, CommandCase]>([
    ['client add', 'redis', ADD],
    ['client remove', 'keys', REMOVE],
    ['client remove', 'redis', REMOVE],
  ])('Redis, in %s at the step %s: that is said, and the same command finishes', async (_, step, one) => {
    const expected = await undisturbed(one)
    const id = `client_${one.word}_without_${step}`
    const args = await one.prepare(fleet, id)
    const result = await withHold(fleet, { client: id, step }, async (hold) => {
      const command = start(fleet, args)
      await hold.reached()
      return withoutServer(fleet, 'redis', async () => {
        await hold.release()
        return command.ended
      })
    })
    expect(result.stderr).toMatch(
      /✗ Redis at 127\.0\.0\.1:\d+ went away\n {2}When it is back, run the same command/,
    )
    expect(result.exitCode).toBe(3)
    await fleet.ok(args)
    const facts = await census(fleet)
    expect(factsOf(facts, id)).toEqual(expected)
    expect(factsOfNobody(facts)).toEqual(nobody)
  })

  test('Redis, restarted while client add makes its user: the user is there and saved when the command ends well', async () => {
    const args = await ADD.prepare(fleet, 'client_restart')
    const result = await withHold(fleet, { client: 'client_restart', step: 'redis' }, async (hold) => {
      const command = start(fleet, args)
      await hold.reached()
      killServer(fleet, 'redis')
      await hold.release()
      return command.ended
    })
    await serversAnswer(fleet)
    if (result.exitCode !== 0) {
      expect(result.stderr).toContain('Redis at 127.0.0.1')
      await fleet.ok(args)
    }
    expect(factsOf(await census(fleet), 'client_restart')).toEqual(await undisturbed(ADD))
  })
})

describe('customers', () => {
  /** Does something and waits for the bot's message to say what is expected. */
  async function until(person: Person, words: string, action: () => Promise<unknown>): Promise<void> {
    await action()
    await person.waitFor((view) => lastBotMessage(view)?.text?.includes(words) ?? false, words, 90)
  }
  async function labels(person: Person): Promise<string[]> {
    const markup = lastBotMessage(await person.view())?.reply_markup
    return markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat().map(({ text }) => text) : []
  }

  test('who confirm while both servers are restarted are booked once each, and the bot is not restarted', async () => {
    const bot = await fleet.addClient('client_anna')
    await fleet.sql(`delete from client_anna.working_hours`)
    await fleet.sql(`insert into client_anna.settings (key, value) values ('contactDetails', '"off"')`)
    await fleet.sql(`insert into client_anna.working_hours (kind, weekday, opens, closes)
      select 'weekly', d, '00:00', '00:00' from generate_series(1, 7) d`)
    const people: Person[] = []
    for (let at = 0; at < 4; at++) {
      const person = fleet.sandbox.person(
        bot.id,
        await fleet.sandbox.createUser({ first_name: `Гость ${at}`, language_code: 'ru' }),
      )
      await until(person, 'Что вас интересует', () => person.write('/book'))
      const [service = ''] = await labels(person)
      await until(person, 'Ближайшее свободное', () => person.tap(service))
      const times = (await labels(person)).filter((label) => /\d\d:\d\d/.test(label))
      await until(person, 'Проверьте запись', () => person.tap(times[at] ?? ''))
      people.push(person)
    }
    const beat = `select instance::text from fleet.heartbeats where client_id = 'client_anna'`
    const before = await fleet.sql(beat)
    const [first] = await fleet.sql<{ at: Date }>('select pg_postmaster_start_time() as at')

    killServer(fleet, 'postgres')
    killServer(fleet, 'redis')
    await Promise.all(people.map((person) => until(person, 'Вы записаны', () => person.tap('✅ Записаться'))))
    await serversAnswer(fleet)

    const booked = await fleet.sql(
      `select count(*)::int as bookings, count(distinct customer_id)::int as customers
         from client_anna.bookings where status in ('booked', 'confirmed')`,
    )
    expect(booked).toEqual([{ bookings: people.length, customers: people.length }])
    for (const person of people) {
      const said = (await person.view()).messages.filter(({ text }) => text?.includes('Вы записаны'))
      expect(said).toHaveLength(1)
    }
    expect(await fleet.sql(beat)).toEqual(before)
    const [second] = await fleet.sql<{ at: Date }>('select pg_postmaster_start_time() as at')
    expect(second?.at.getTime()).toBeGreaterThan(first?.at.getTime() ?? 0)
  })
})
