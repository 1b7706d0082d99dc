import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000

let salon: Salon
let anna: PretendPerson
beforeEach(async () => {
  salon = await openSalon()
  await salon.sql('delete from services')
  await salon.sql(`insert into services (name, minutes) values ('Стрижка', 60)`)
  anna = salon.person()
})
afterEach(() => salon.close())

async function book(): Promise<void> {
  await anna.write('/book')
  await anna.tap(/Стрижка/)
  await anna.tap('чт, 26 нояб., 09:00')
  await anna.tap('✅ Записаться')
}

test('a business may let customers move later than cancel: they read both, and each is kept', async () => {
  await salon.setting({ cancellationHours: 12, rescheduleHours: 2, graceMinutes: 0 })
  await book()
  expect(anna.screen().text).toContain(
    'Отменить можно не позднее чем за 12 часов до начала. Перенести – не позднее чем за 2 часа.',
  )
  salon.clock.now = START + 13 * HOUR
  const cards = async () => {
    await anna.write('/my')
    await anna.tap(/09:00/)
  }
  await cards()
  await anna.tap('❌ Отменить')
  expect(anna.screen().text).toBe(
    'До начала осталось меньше 12 часов, поэтому отменить запись здесь уже нельзя.',
  )
  await cards()
  await anna.tap('🔁 Перенести')
  await anna.tap('чт, 26 нояб., 13:00')
  salon.clock.now = START + 22 * HOUR + 1
  const late = anna.dataOf('✅ Перенести')
  await anna.tapData(late)
  expect(anna.screen().text).toBe(
    'До начала осталось меньше 2 часов, поэтому перенести запись здесь уже нельзя.',
  )
  expect(await salon.sql('select status, local_time from bookings')).toEqual([
    { status: 'booked', local_time: '09:00:00' },
  ])
})

test('a business may take changes until the start for one and not the other', async () => {
  await salon.setting({ cancellationHours: 0, rescheduleHours: 24 })
  const english = salon.person({ language_code: 'en' })
  await english.write('/about')
  expect(english.screen().text).toContain(
    'You can cancel it until it starts. You can move it up to 24 hours before.',
  )
})

test('the time to think again is the business’s', async () => {
  await salon.setting({ graceMinutes: 60 })
  await book()
  salon.clock.now = START + 59 * 60_000
  await anna.write('/my')
  await anna.tap(/09:00/)
  await anna.tap('❌ Отменить')
  await anna.tap('Да, отменить')
  expect(anna.screen().text).toContain('Запись отменена.')
})

test('the map stands in the booking and, with the site, in what customers read about the business', async () => {
  const mapUrl = 'https://yandex.ru/maps/-/CDe?a=1&b=2'
  await salon.setting({ address: 'Ленина, 1', mapUrl, siteUrl: 'https://anna.example/ru' })
  await book()
  expect(anna.screen().text).toContain('Адрес: Ленина, 1\nПоказать на карте')
  expect(anna.screen().links).toEqual([mapUrl])
  await anna.write('/about')
  expect(anna.screen().text).toContain('Адрес: Ленина, 1\nПоказать на карте\nСайт: anna.example')
  expect(anna.screen().links).toEqual([mapUrl, 'https://anna.example/ru'])
})

test.each(['http://yandex.ru', 'javascript:alert(1)', 'https://a.ru/"><b>', 'https://a.ru/ b', 'maps'])(
  'an address that is no link does not reach customers: %s',
  async (mapUrl) => {
    await salon.setting({ mapUrl })
    await anna.write('/about')
    expect(anna.screen().text).not.toContain('Показать на карте')
  },
)

test('admins may do without notices, but learn of a customer who cannot help themselves', async () => {
  await salon.setting({ notifyAdmins: false, graceMinutes: 0 })
  const admin = salon.person()
  await admin.write('/start')
  salon.admins.push(admin.user.id)
  await book()
  await anna.write('/my')
  await anna.tap(/09:00/)
  salon.clock.now = START + 5 * HOUR
  await anna.tap('❌ Отменить')
  expect(salon.messagesOf(admin.user.id).map(({ text }) => text.split('\n')[0])).toEqual([
    expect.stringContaining('Здравствуйте'),
    '⚠️ Клиент хочет отменить или перенести запись, но срок уже прошёл',
  ])
})
