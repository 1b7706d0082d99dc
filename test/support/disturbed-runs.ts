import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { census, factsOf, factsOfNobody } from './census.ts'
import type { CommandCase } from './command-cases.ts'
import { fleetWith, type TestFleet } from './fleet.ts'
import { goesOnWith, interruptAtStep, killAfter, killAtStep } from './kill-at-step.ts'
import { seededRandom } from './seeded-random.ts'

const ROUNDS = Number(process.env['BOOKCTL_KILL_ROUNDS'] ?? 2)
const SEED = Number(process.env['BOOKCTL_KILL_SEED'] ?? Math.floor(Math.random() * 1_000_000))

/** A run that something happens to. */
interface Point {
  /** What happens, and when. */
  title: string
  id: string
  /** Runs the command so, and answers with what goes on from there. `calmMs`: how long it takes undisturbed. */
  disturb(fleet: TestFleet, args: readonly string[], calmMs: number): Promise<readonly string[]>
}

/** `kill -9` before and after each step, and at random moments (BOOKCTL_KILL_ROUNDS, repeatable by BOOKCTL_KILL_SEED). */
export function killMatrix(...cases: readonly CommandCase[]): void {
  disturbedRuns(cases, (one) => {
    const random = seededRandom(SEED)
    const steps = one.steps.flatMap((step) =>
      (['before', 'after'] as const).map((moment): Point => {
        const id = `client_${one.word}_${moment}_${step}`
        return {
          title: `killed ${moment} its step ${step}`,
          id,
          async disturb(fleet, args) {
            await killAtStep(fleet, { client: id, step, moment }, args)
            return args
          },
        }
      }),
    )
    const moments = Array.from({ length: ROUNDS }, (_, round): Point => {
      const share = random()
      return {
        title: `killed at ${Math.round(share * 100)} % of its time (seed ${SEED})`,
        id: `client_${one.word}_round_${round}`,
        async disturb(fleet, args, calmMs) {
          await killAfter(fleet, share * calmMs, args)
          return args
        },
      }
    })
    return [...steps, ...moments]
  })
}

/** Ctrl-C or SIGTERM, in turn, while each step but the last is taken; what it prints is what is typed next. */
export function interruptMatrix(...cases: readonly CommandCase[]): void {
  disturbedRuns(cases, (one) =>
    one.steps.slice(0, -1).map((step, index): Point => {
      const id = `client_${one.word}_${step}`
      const [signal, exitCode] = index % 2 === 0 ? (['SIGINT', 130] as const) : (['SIGTERM', 143] as const)
      return {
        title: `ended by ${signal} in its step ${step}`,
        id,
        async disturb(fleet, args) {
          const result = await interruptAtStep(fleet, { client: id, step }, args, signal)
          expect(result.exitCode).toBe(exitCode)
          return goesOnWith(result, args)
        },
      }
    }),
  )
}

/**
 * Disturbs each command at each of its points, goes on as the operator is told to, and compares what the fleet then
 * holds with a run that nobody disturbed.
 */
function disturbedRuns(cases: readonly CommandCase[], pointsOf: (one: CommandCase) => Point[]): void {
  let fleet: TestFleet
  let atFirst: string[]
  let inTheEnd: string[]
  const calmMs = new Map<CommandCase, number>()
  beforeAll(async () => {
    fleet = await fleetWith()
    atFirst = factsOfNobody(await census(fleet))
    for (const one of cases) {
      const args = await one.prepare(fleet, calmId(one))
      const began = Date.now()
      await fleet.ok(args)
      calmMs.set(one, Date.now() - began)
    }
  })
  afterAll(() => fleet?.stop())

  for (const one of cases)
    describe(`bookctl ${one.name} goes on where it stood`, () => {
      test.concurrent.each(pointsOf(one))('$title', async (point) => {
        const args = await one.prepare(fleet, point.id)
        const next = await point.disturb(fleet, args, calmMs.get(one) ?? 0)
        if (!(await one.isDone?.(fleet, point.id))) await fleet.ok(next)
      })
    })

  describe('nothing is left over', () => {
    beforeAll(async () => {
      inTheEnd = await census(fleet)
    })
    for (const one of cases)
      test(`after ${one.name} everything is as after a run that nobody disturbed`, async () => {
        const factsIn = async (id: string) => {
          const facts = factsOf(inTheEnd, id, (await one.idInTheEnd?.(fleet, id)) ?? id)
          return facts.filter(
            (fact, at) => !(one.auditedTwice && fact.startsWith('audit') && fact === facts[at - 1]),
          )
        }
        const expected = await factsIn(calmId(one))
        expect(expected.length).toBeGreaterThan(0)
        for (const { id, title } of pointsOf(one))
          expect({ title, facts: await factsIn(id) }).toEqual({ title, facts: expected })
      })

    test('no temporary file, scratch database, session, lock or program of a disturbed run', () => {
      expect(factsOfNobody(inTheEnd)).toEqual(atFirst)
    })
  })
}

const calmId = ({ word }: CommandCase) => `client_calm_${word}`
