import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runJob } from '../../../bot/jobs/loop.ts'
import { retention } from '../../../bot/jobs/retention.ts'
import { lockAway } from '../../../bot/storage/retention.ts'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
/** 26 November 2026, 02:30 in Moscow. */
const NIGHT = START + 17.5 * HOUR

let salon: Salon
let owner: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
beforeEach(async () => {
  await salon.sql('truncate users, bookings, booking_history, feedback, admin_actions, admins cascade')
  await salon.sql('update staff set telegram_id = null')
  await salon.sql('delete from settings')
  await salon.setting({ title: 'Анна' })
  salon.clock.now = NIGHT
  owner = salon.person({ first_name: 'Ольга' })
  salon.admins.splice(0, salon.admins.length, owner.user.id)
})
afterAll(() => salon.close())

/** Somebody who wrote, and perhaps came, so many months ago; negative: is to come. */
async function customer(name: string, seenMonths: number, visitMonths?: number): Promise<number> {
  const [row] = await salon.sql<{ id: number }>(
    `insert into users (telegram_id, username, first_name, last_name, phone, given_name, booking_rule, tags, notes,
                        consents, last_seen_at)
     values ($2, $1, $1, $1, $1, $1, 'approval', array[$1], $1, jsonb_build_object('personalData', $1::text),
             $3::timestamptz - make_interval(months => $4))
     returning id`,
    [name, 500_000 + Math.floor(Math.random() * 1e9), new Date(NIGHT), seenMonths],
  )
  const id = Number(row?.id)
  if (visitMonths === undefined) return id
  await salon.sql(
    `with booked as (
       insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone,
                             lines, price_minor, note, cancel_reason, created_at)
       select $1, (select min(id) from staff), 'came', at, at + interval '1 hour', tstzrange(at, at + interval '1 hour'),
              at::date, at::time, 'Europe/Moscow', '[{"name": "Стрижка"}]', 200000, $4, $4, at - interval '2 days'
         from (select $2::timestamptz - make_interval(months => $3, hours => $1::int) as at) t
       returning id, customer_id)
     insert into feedback (booking_id, customer_id, rating, comment) select id, customer_id, 4, $4 from booked`,
    [id, new Date(NIGHT), visitMonths, name],
  )
  return id
}

const look = () => runJob(salon.context(), retention)

async function names(): Promise<string[]> {
  const rows = await salon.sql<{ first_name: string }>(
    'select first_name from users where first_name is not null order by first_name',
  )
  return rows.map(({ first_name }) => first_name)
}

/** What the business counts: nothing of it may change. */
async function statistics(): Promise<unknown> {
  return salon.sql(
    `select count(*)::int, sum(price_minor)::int as revenue, count(distinct customer_id)::int as customers,
            count(*) filter (where status = 'came')::int as came,
            min(starts_at) as first, max(starts_at) as last,
            (select avg(rating)::float from feedback) as rating, (select count(*)::int from feedback) as ratings
       from bookings`,
  )
}

describe('personal data of customers who have gone', () => {
  test('are kept as long as the business does not say otherwise', async () => {
    await customer('Анна', 100, 100)
    expect(await look()).toBe(0)
    expect(await names()).toEqual(['Анна'])
  })

  test('are erased by night: of those who neither came nor wrote for so long; every sum stays as it was', async () => {
    await salon.setting({ retentionMonths: 12 })
    const gone = await customer('Ушедшая', 13, 14)
    await customer('Пишущий', 11, 30)
    await customer('Приходящий', 30, 11)
    await customer('Записанный', 30, -1)
    await customer('Молчун', 13)
    const before = await statistics()
    salon.clock.now = NIGHT - HOUR
    await look()
    expect(await names()).toHaveLength(5)
    salon.clock.now = NIGHT
    await look()
    expect(await names()).toEqual(['Записанный', 'Пишущий', 'Приходящий'])
    expect(await statistics()).toEqual(before)
    for (const table of ['users', 'bookings', 'feedback', 'booking_history', 'admin_actions'])
      for (const name of ['Ушедшая', 'Молчун'])
        expect(
          await salon.sql(`select 1 from ${table} t where to_jsonb(t)::text like '%' || $1 || '%'`, [name]),
        ).toEqual([])
    expect(
      await salon.sql(
        'select telegram_id, given_name, booking_rule, tags, consents from users where id = $1',
        [gone],
      ),
    ).toEqual([{ telegram_id: null, given_name: null, booking_rule: null, tags: [], consents: {} }])
    expect(
      await salon.sql('select actor, actor_telegram_id, action, target, details from admin_actions'),
    ).toEqual([
      {
        actor: 'system',
        actor_telegram_id: null,
        action: 'customers.erase',
        target: 'customers',
        details: { after: { count: 2, months: 12 } },
      },
    ])
    // A look that finds nobody writes nothing.
    await look()
    expect(await salon.sql('select 1 from admin_actions')).toHaveLength(1)
  })

  test('are erased in portions, with a line in the record for each', async () => {
    await salon.setting({ retentionMonths: 6 })
    await salon.sql(
      `insert into users (first_name, last_seen_at)
       select 'Гость ' || n, $1::timestamptz - interval '1 year' from generate_series(1, 130) n`,
      [new Date(NIGHT)],
    )
    await look()
    expect(await names()).toHaveLength(30)
    await look()
    expect(await names()).toEqual([])
    const counts = await salon.sql(
      `select (details #>> '{after,count}')::int as count from admin_actions order by id`,
    )
    expect(counts).toEqual([{ count: 100 }, { count: 30 }])
  })

  test('stay where they are of the business’s own people, who need not write', async () => {
    await salon.setting({ retentionMonths: 1 })
    const ids = [await customer('Админ', 5), await customer('Мастер', 5), await customer('Оператор', 5)]
    const [admin, member, operator] = await salon.sql<{ telegram_id: number }>(
      'select telegram_id from users where id = any($1::bigint[]) order by id',
      [ids],
    )
    await salon.sql('insert into admins (telegram_id) values ($1)', [admin?.telegram_id])
    await salon.sql('update staff set telegram_id = $1 where id = (select min(id) from staff)', [
      member?.telegram_id,
    ])
    salon.admins.push(Number(operator?.telegram_id))
    await look()
    expect(await names()).toEqual(['Админ', 'Мастер', 'Оператор'])
  })

  test('stay of one for whom a booking is being made at this very moment', async () => {
    const id = await customer('Анна', 30, 30)
    const away = { since: NIGHT - 365 * 24 * HOUR, staticAdminIds: [] }
    await salon.database.transaction(async (tx) => {
      await tx.query(
        `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
         select $1, (select min(id) from staff), 'booked', at, at + interval '1 hour', tstzrange(at, at + interval '1 hour'),
                at::date, at::time, 'Europe/Moscow', '[{"name": "x"}]' from (select now() + interval '1 day' as at) t`,
        [id],
      )
      expect(await salon.database.transaction((other) => lockAway(other, away, 10))).toEqual([])
    })
    expect(await salon.database.transaction((tx) => lockAway(tx, away, 10))).toEqual([])
  })
})

describe('how long data are kept', () => {
  test('is asked once more, with whom it concerns now; a longer time and none are just taken', async () => {
    await customer('Анна', 30, 30)
    await owner.write('/admin')
    await owner.tap('⚙️ Настройки')
    await owner.tap('🔒 Данные клиентов')
    await owner.tap('Хранить данные клиентов: без срока')
    expect(owner.screen().buttons.map(({ label }) => label)).toEqual([
      '✓ без срока',
      '12 месяцев',
      '24 месяца',
      '36 месяцев',
      '60 месяцев',
      '‹ Назад',
    ])
    await owner.tap('24 месяца')
    expect(owner.screen().text).toBe(`Хранить данные клиентов: 24 месяца?

Каждую ночь бот будет стирать личные данные тех, кто так долго не приходил и не писал: имя, контакты, заметки, отзывы словами. Их чат с ботом начнётся заново, написать им вы больше не сможете. Визиты, суммы и оценки останутся без имени.

Сейчас это коснётся клиентов: 1. Вернуть их данные будет нельзя.`)
    const yes = owner.dataOf('Да, стирать')
    await owner.tap('Нет, оставить как есть')
    expect(await salon.sql(`select 1 from settings where key = 'retentionMonths'`)).toEqual([])
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Сохранено')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Уже так')
    expect(await salon.sql('select action, target, details from admin_actions')).toEqual([
      { action: 'setting.set', target: 'setting:retentionMonths', details: { before: 0, after: 24 } },
    ])
    await owner.tap(/^Хранить данные/)
    await owner.write('36')
    expect(owner.screen().text).toContain('✅ Хранить данные клиентов: 36 месяцев')
    await owner.tap(/^Хранить данные/)
    await owner.write('31')
    expect(owner.screen().text).toContain('Сейчас это коснётся клиентов: 0.')
    await owner.tapData('1:Gm:9999')
    expect(owner.lastToast()).toBe('Такое значение не подходит')
    expect(await salon.sql(`select value from settings where key = 'retentionMonths'`)).toEqual([
      { value: 36 },
    ])
    await owner.tap(/^Хранить данные/)
    await owner.tap(/^↺ По умолчанию/)
    expect(await salon.sql(`select value from settings where key = 'retentionMonths'`)).toEqual([])
  })
})
