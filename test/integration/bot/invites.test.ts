import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createInvite,
  findInvite,
  INVITE_ID_FORM,
  listOpenInvites,
  useInvite,
  withdrawInvite,
} from '../../../bot/storage/invites.ts'
import { openSalon, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const OWNER = 501

let salon: Salon
let clientId: string
beforeAll(async () => {
  salon = await openSalon(12)
  clientId = salon.clientId
})
beforeEach(() => salon.database.query('delete from fleet.invites'))
afterAll(() => salon.close())

const invite = (wish: { kind?: 'admin' | 'staff'; now?: number } = {}) =>
  createInvite(
    salon.database,
    {
      clientId,
      kind: wish.kind ?? 'admin',
      ...(wish.kind === 'staff' ? { staffId: 7 } : { role: 'moderator' as const }),
      createdBy: OWNER,
      ttlHours: 24,
    },
    wish.now ?? START,
  )
const use = (code: string, telegramId: number, now = START + HOUR) =>
  salon.database.transaction((tx) => useInvite(tx, { clientId, code, telegramId }, now))

describe('a one-time link', () => {
  test('lets its first user in, by the role or the member of staff that was chosen, and nobody after', async () => {
    const admin = await invite()
    const staff = await invite({ kind: 'staff' })
    expect(admin).toMatch(/^[\w-]{22,62}$/)
    expect(await use(admin, 601)).toEqual({ kind: 'admin', role: 'moderator', createdBy: OWNER })
    expect(await use(staff, 602)).toEqual({ kind: 'staff', staffId: 7, createdBy: OWNER })
    expect(await use(admin, 603)).toEqual({ kind: 'refused', reason: 'used' })
    expect(await use(admin, 601)).toEqual({ kind: 'refused', reason: 'used' })
  })

  test('is used up by one of twelve people who open it at the same moment', async () => {
    const code = await invite()
    const results = await Promise.all(Array.from({ length: 12 }, (_, index) => use(code, 700 + index)))
    expect(results.filter(({ kind }) => kind === 'admin')).toHaveLength(1)
    expect(results.filter((one) => one.kind === 'refused' && one.reason === 'used')).toHaveLength(11)
  })

  test('ends after its hours, and a code that nobody made opens nothing', async () => {
    const code = await invite()
    expect(await use(code, 601, START + 24 * HOUR)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(await use(code, 601, START + 24 * HOUR - 1)).toMatchObject({ kind: 'admin' })
    expect(await use('A'.repeat(24), 601)).toEqual({ kind: 'refused', reason: 'unknown' })
  })

  test('can be looked at without being used', async () => {
    const code = await invite()
    const look = () => findInvite(salon.database, { clientId, code }, START)
    expect(await look()).toEqual({ kind: 'admin', role: 'moderator', createdBy: OWNER })
    expect(await look()).toMatchObject({ kind: 'admin' })
    await use(code, 601)
    expect(await look()).toEqual({ kind: 'refused', reason: 'used' })
  })

  test('is listed while it is open, and opens nothing once it is withdrawn', async () => {
    const open = () => listOpenInvites(salon.database, { clientId, kind: 'admin' }, START + HOUR)
    const first = await invite()
    const second = await invite({ now: START + 1000 })
    await invite({ kind: 'staff' })
    const list = await open()
    expect(list.map(({ createdAt, expiresAt }) => [createdAt, expiresAt])).toEqual([
      [START + 1000, START + 1000 + 24 * HOUR],
      [START, START + 24 * HOUR],
    ])
    const [newest] = list
    expect(newest?.id).toMatch(INVITE_ID_FORM)
    const withdraw = () => withdrawInvite(salon.database, { clientId, id: newest?.id ?? '', kind: 'admin' })
    expect(await withdraw()).toMatchObject({ role: 'moderator' })
    expect(await withdraw()).toBeUndefined()
    expect(await use(second, 601)).toEqual({ kind: 'refused', reason: 'unknown' })
    await use(first, 602)
    expect(await open()).toEqual([])
  })

  test('stands in no table: who reads them all cannot make the link', async () => {
    const code = await invite()
    const rows = await salon.sql('select to_jsonb(i)::text as row from fleet.invites i')
    expect(JSON.stringify(rows)).not.toContain(code)
  })

  test('is forgotten long after it ended', async () => {
    const code = await invite()
    await invite({ now: START + 32 * 24 * HOUR })
    expect(await use(code, 601)).toEqual({ kind: 'refused', reason: 'unknown' })
  })
})
