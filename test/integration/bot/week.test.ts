import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instantOf } from '../../../bot/domain/time.ts'
import { openSalon, type Salon } from './pretend.ts'
import { type Dialogue, listenTo, type Speaker } from './support/dialogue.ts'
import { look, pass } from './support/own-accord.ts'

/** The days of the story, from Sunday to Sunday. */
const DAYS = {
  setUp: '2026-11-29',
  mon: '2026-11-30',
  tue: '2026-12-01',
  wed: '2026-12-02',
  thu: '2026-12-03',
  fri: '2026-12-04',
  sat: '2026-12-05',
  sun: '2026-12-06',
} as const

let salon: Salon
let story: Dialogue
let olga: Speaker
let boris: Speaker
let vera: Speaker
let gleb: Speaker
let dina: Speaker
let zhenya: Speaker
let zoya: Speaker

const instant = (day: keyof typeof DAYS, time: string) => instantOf(DAYS[day], time, 'Europe/Moscow')

/** Time passes until then, with whatever the bot says meanwhile. */
async function until(day: keyof typeof DAYS, time: string, heading: string): Promise<void> {
  await pass(salon, instant(day, time))
  story.heading(heading)
}

beforeAll(async () => {
  salon = await openSalon()
  salon.clock.now = instant('setUp', '12:00')
  story = listenTo(salon)
  olga = story.speaker('Ольга')
  boris = story.speaker('Борис')
  vera = story.speaker('Вера')
  gleb = story.speaker('Глеб')
  dina = story.speaker('Дина')
  zhenya = story.speaker('Женя')
  zoya = story.speaker('Зоя')
  salon.admins.push(olga.id)
})
afterAll(() => salon.close())

describe('a salon’s first week', () => {
  test('on Sunday its owner finds the way by what the screens say', async () => {
    story.heading('Ольга настраивает салон')
    await olga.says('/start')
    await olga.says('⚙️ Управление')

    await olga.taps('💼 Услуги', '➕ Добавить услугу')
    await olga.says('Стрижка')
    await olga.taps(/^60/)
    await olga.says('2000')
    await olga.taps('‹ Услуги', '➕ Добавить услугу')
    await olga.says('Укладка')
    await olga.says('30')
    await olga.says('1200')
    await olga.taps('‹ Услуги', /^Консультация/, '🗑 Удалить', '🗑 Да, удалить')

    await olga.says('⚙️ Управление')
    await olga.taps('👥 Сотрудники', 'Anna', '✏️ Имя')
    await olga.says('Ольга')
    await olga.taps('‹ Все сотрудники', '➕ Добавить')
    await olga.says('Мария')
    await olga.taps('🕘 Часы работы', 'сб', 'Выходной')

    await olga.says('⚙️ Управление')
    await olga.taps('🕘 Часы и выходные', '🕘 Часы по дням недели', /^сб/)
    await olga.says('10-12')

    await olga.says('⚙️ Управление')
    await olga.taps('⚙️ Настройки', '📍 Контакты', /^Адрес/)
    await olga.says('Москва, Тверская, 1')
    await olga.says('⚙️ Управление')
    await olga.taps('⚙️ Настройки', '📅 Запись', /^Имя и телефон/, /пропустить/)

    await olga.says('⚙️ Управление')
    await olga.taps('💼 Услуги', '🔗 Ссылки и QR', /Стрижка/, '🖨 Прислать QR-код')
    expect(olga.sees()).toContain('https://t.me/salon_bot?start=s_2')
  })

  test('on Monday customers book by the link, with consent, name and phone', async () => {
    await until('mon', '09:00', 'Борис открывает ссылку и записывается')
    await boris.says('/start s_2')
    await boris.taps('Мария', '📆 Другой день', '›', '1', '10:00')
    expect(boris.sees()).toContain('Согласие на обработку персональных данных')
    await boris.taps('✅ Согласен(на)', 'Борис')
    await boris.sharesContact('79161234567')
    await boris.taps('✅ Записаться')
    expect(boris.sees()).toContain('Вы записаны')
    expect(olga.sees()).toContain('Новая запись')

    story.heading('Вера записывается сразу на две услуги, телефон не даёт')
    await vera.says('/start')
    await vera.says('📅 Записаться')
    await vera.taps(
      /^Стрижка/,
      '➕ Ещё услуга',
      /Укладка/,
      'Неважно, кто',
      '📆 Другой день',
      '›',
      '2',
      '12:00',
    )
    await vera.taps('Не сейчас', '✅ Записаться')
    expect(vera.sees()).toContain('ср, 2 декабря, 12:00–13:30\nСпециалист: Ольга\nСтоимость: 3 200 ₽')

    story.heading('Суббота занята; Женя встаёт в лист ожидания')
    for (const [who, time] of [
      [gleb, '10:00'],
      [dina, '11:00'],
    ] as const) {
      await who.says('/start s_2')
      await who.taps('Неважно, кто', '📆 Другой день', '›', '5', time, 'Не сейчас', '✅ Записаться')
    }
    await zhenya.says('/start s_2')
    await zhenya.taps('Неважно, кто', '📆 Другой день', '›', '·5·', '🔔 Сообщить, если освободится')
    expect(zhenya.sees()).toContain('Вы в листе ожидания')
    await zoya.says('/start s_2')
    await zoya.taps('Ольга', '📆 Другой день', '›', '4', '15:00', 'Не сейчас', '✅ Записаться')

    story.heading('Борис переносит запись')
    await boris.says('🗓 Мои записи')
    await boris.taps(/1 дек/, '🔁 Перенести', '📆 Другой день', '›', '1', '14:00', '✅ Перенести')
    expect(boris.sees()).toContain('Было: вт, 1 декабря, 10:00\nТеперь: вт, 1 декабря, 14:00–15:00')
    expect(olga.sees()).toContain('Было: вт, 1 декабря, 10:00\nСтало: вт, 1 декабря, 14:00–15:00\nБорис')
  })

  test('on Tuesday reminders, lists and a rating come by themselves', async () => {
    await until('mon', '14:30', 'Борису напомнили за сутки, он придёт')
    await boris.taps('✅ Приду')
    await until('tue', '17:00', 'Бориса спросили, как всё прошло')
    await boris.taps('2 ★')
    expect(olga.sees()).toContain('Низкая оценка: ★★☆☆☆')
    await boris.says('Пришлось ждать полчаса')
    expect(olga.sees()).toContain('Пришлось ждать полчаса')
    await until('tue', '20:00', 'Ольгу спросили, кто пришёл')
    await olga.taps(/^✅ 14:00/)
    expect(olga.sees()).toBe('вт, 1 декабря: все визиты отмечены. Спасибо!')
  })

  test('on Wednesday somebody walks in', async () => {
    await until('wed', '11:30', 'Анна пришла без записи')
    await olga.says('⚙️ Управление')
    await olga.taps('➕ Записать клиента', /^Укладка/, 'Мария', '⌨️ Ввести время')
    await olga.says('2.12 15:00')
    await olga.says('Анна 8 916 765-43-21')
    await olga.taps(/Новый клиент/, '✅ Записать')
    await until('wed', '16:00', 'Вера довольна')
    await vera.taps('5 ★', 'Добавить нечего', 'Да, пишите')
    await until('wed', '20:00', 'Вечерний список')
    await olga.taps(/^✅ 12:00/, /^✅ 15:00/)
  })

  test('on Thursday a cancelled time is offered to who waits for it, and Olga falls ill', async () => {
    await until('thu', '10:00', 'Дина отменяет')
    await dina.says('🗓 Мои записи')
    await dina.taps(/5 дек/, '❌ Отменить', 'Да, отменить', 'Планы изменились')
    await look(salon)
    expect(zhenya.sees()).toContain('Оставили его за вами до 10:30')
    await zhenya.taps('✅ Записаться', 'Не сейчас')
    // The deadline that she was given holds, also after the question in between.
    expect(zhenya.sees()).toContain('Держим это время за вами до 10:30')
    await zhenya.taps('✅ Записаться')
    expect(zhenya.sees()).toContain('Вы записаны')
    await until('thu', '20:30', 'Ольга заболела и закрывает пятницу после обеда')
    await olga.says('⚙️ Управление')
    await olga.taps('🕘 Часы и выходные', '⛔ Закрыть время', 'Ольга')
    await olga.says('4.12')
    await olga.says('13-18')
    await olga.taps('💬 Указать причину')
    await olga.says('мастер заболел')
    await olga.taps('❌ Закрыть и отменить 1 запись')
    expect(olga.sees()).toContain('Отменено записей: 1.\n\nКлиентам отправлены сообщения: 1.')
    expect(zoya.sees()).toContain('пт, 4 декабря, 15:00–16:00\nПричина: мастер заболел')
    await zoya.taps('🕘 Выбрать другое время', '📆 Другой день', '7', '09:00', '✅ Записаться')
  })

  test('on Saturday one comes and one does not', async () => {
    await until('sat', '12:00', 'Глеб не пришёл')
    await olga.says('⚙️ Управление')
    await olga.taps('🗓 Расписание', /^10:00/, '🚫 Не пришёл(ла)', '‹ К расписанию', /^11:00/, '✅ Пришёл(ла)')
    await until('sat', '15:00', 'Женя ставит четыре звезды')
    await zhenya.taps('4 ★', 'Добавить нечего', 'Нет, спасибо')
  })

  test('on Sunday the figures agree with what happened', async () => {
    await until('sun', '20:00', 'Итоги недели')
    await olga.says('⚙️ Управление')
    await olga.taps('📊 Сводка', 'Неделя')
    // Boris, Vera, Anna and Zhenya came (2000 + 3200 + 1200 + 2000), Gleb did not; Dina cancelled, Zoya was cancelled.
    // 300 minutes of Olga's 42 hours (without the afternoon that she was ill) and Maria's 45.
    const [, ...figures] = olga.sees().split('\n\n')
    expect(figures.join('\n')).toBe(
      [
        'Записи: 5',
        'Выручка: 8 400 ₽',
        'Загрузка: 6 %',
        'Отмены: 2',
        'Не пришли: 1',
        'Новые клиенты: 4',
        'Пришли снова: 0',
        'Сравнивать пока не с чем: в то время записей не было.',
        'Оценка: 3,7 из 5, 3 отзыва',
        '5 ★ ▇▇▇▇▇▇▇▇▇▇ 1',
        '4 ★ ▇▇▇▇▇▇▇▇▇▇ 1',
        '3 ★ 0',
        '2 ★ ▇▇▇▇▇▇▇▇▇▇ 1',
        '1 ★ 0',
      ].join('\n'),
    )
  })

  test('a broadcast reaches those who agreed, and nobody else', async () => {
    story.heading('Рассылка тем, кто согласился')
    await gleb.says('/settings')
    await gleb.taps('🔔 Присылать новости и акции')
    await olga.says('⚙️ Управление')
    await olga.taps('📣 Рассылка', '➕ Новая рассылка', 'Всем, кто согласился: 2')
    await olga.says('В декабре укладка в подарок!')
    await olga.taps('✅ Отправить (2)')
    await look(salon)
    expect(story.told('broadcast')).toEqual(['Вера: вс, 6 декабря, 20:00', 'Глеб: вс, 6 декабря, 20:00'])
    expect(vera.labels()).toEqual(['🔕 Отписаться'])
    expect(olga.sees()).toContain('Доставлено: 2\nЗаблокировали бота: 0\nНе дошло: 0')
  })

  test('the bookings can be taken along as a table', async () => {
    story.heading('Выгрузка')
    await olga.says('⚙️ Управление')
    await olga.taps('📄 Выгрузка', '🗓 Записи', 'Этот месяц')
    const table = salon.messagesOf(olga.id).at(-1)?.file?.content
    const [heads = '', ...rows] = new TextDecoder('utf-8', { ignoreBOM: true })
      .decode(table)
      .trimEnd()
      .split('\r\n')
    expect(heads).toMatch(/^\uFEFFНомер;Дата;Начало;/)
    const COLUMNS = { date: 1, start: 2, customer: 6, status: 9 }
    expect(rows.map((row) => Object.values(COLUMNS).map((column) => row.split(';')[column]))).toEqual([
      ['01.12.2026', '14:00', 'Борис', 'пришёл'],
      ['02.12.2026', '12:00', 'Вера', 'пришёл'],
      ['02.12.2026', '15:00', 'Анна', 'пришёл'],
      ['04.12.2026', '15:00', 'Зоя', 'отменена'],
      ['05.12.2026', '10:00', 'Глеб', 'не пришёл'],
      ['05.12.2026', '11:00', 'Дина', 'отменена'],
      ['05.12.2026', '11:00', 'Женя', 'пришёл'],
      ['07.12.2026', '09:00', 'Зоя', 'записан'],
    ])
  })

  test('nobody was told what was not so', async () => {
    story.heading('Что видят клиенты')
    const booked: Record<string, string[]> = {}
    for (const [name, who] of Object.entries({ boris, vera, gleb, dina, zhenya, zoya })) {
      await who.says('🗓 Мои записи')
      const ahead = who.labels()
      await who.taps('Прошлые записи')
      booked[name] = [...ahead, ...who.sees().split('\n')].filter((line) => /\d\d:\d\d/.test(line))
    }
    expect(booked).toEqual({
      boris: ['вт, 1 декабря, 14:00 · Стрижка'],
      vera: ['ср, 2 декабря, 12:00 · Стрижка + Укладка'],
      gleb: ['сб, 5 декабря, 10:00 · Стрижка (не состоялась)'],
      dina: ['сб, 5 декабря, 11:00 · Стрижка (отменена)'],
      zhenya: ['сб, 5 декабря, 11:00 · Стрижка'],
      zoya: ['пн, 7 дек., 09:00 · Стрижка', 'пт, 4 декабря, 15:00 · Стрижка (отменена)'],
    })
    // A day, two hours and an hour before each visit, but nothing of what was moved or cancelled; nobody at night.
    expect(story.told('reminder')).toEqual([
      'Борис: пн, 30 ноября, 14:00',
      'Борис: вт, 1 декабря, 12:00',
      'Вера: вт, 1 декабря, 12:00',
      'Борис: вт, 1 декабря, 13:00',
      'Вера: ср, 2 декабря, 10:00',
      'Вера: ср, 2 декабря, 11:00',
      'Зоя: чт, 3 декабря, 15:00',
      'Глеб: пт, 4 декабря, 10:00',
      'Женя: пт, 4 декабря, 11:00',
      'Глеб: сб, 5 декабря, 08:00',
      'Глеб: сб, 5 декабря, 09:00',
      'Женя: сб, 5 декабря, 09:00',
      'Женя: сб, 5 декабря, 10:00',
      'Зоя: вс, 6 декабря, 09:00',
    ])
    expect(story.told('feedback')).toEqual([
      'Борис: вт, 1 декабря, 17:00',
      'Вера: ср, 2 декабря, 16:00',
      'Женя: сб, 5 декабря, 14:00',
    ])
  })

  test('the whole week reads as it was said', async () => {
    await expect(story.transcript()).toMatchFileSnapshot('golden/first-week.txt')
  })
})
