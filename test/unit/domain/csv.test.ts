import { expect, test } from 'vitest'
import { csvDate, csvFiles, csvLine, csvMoney, csvPhone } from '../../../bot/domain/csv.ts'
import { exportSpan } from '../../../bot/domain/export-period.ts'

test.each([
  ['Анна', 'Анна'],
  ['Стрижка; укладка', '"Стрижка; укладка"'],
  ['салон «Ёлка» "у дома"', '"салон «Ёлка» ""у дома"""'],
  ['строка\nещё', '"строка\nещё"'],
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+79161234567', "'+79161234567"],
  ['-5', "'-5"],
  ['@boris', "'@boris"],
  ['\tx', "'\tx"],
  ['\rx', `"'\rx"`],
  ['\n=1+1', `"'\n=1+1"`],
  // What a keyboard for Chinese or Japanese writes; programs read it as the narrow sign.
  ['＝1+1', "'＝1+1"],
  ['', ''],
])('a cell %j is written so that Excel shows it and runs nothing', (value, written) => {
  expect(csvLine([value, 'я'])).toBe(`${written};я\r\n`)
})

test('a table is UTF-8 with a mark; a large one is several files with the same heading, and no row is lost', () => {
  const files = csvFiles(['Имя', 'Цена'], 60)
  for (let n = 0; n < 5; n++) files.add([`Клиент ${n}`, '1,00'])
  const texts = files.done().map((file) => Buffer.from(file).toString())
  expect(texts).toEqual([
    '\uFEFFИмя;Цена\r\nКлиент 0;1,00\r\n',
    '\uFEFFИмя;Цена\r\nКлиент 1;1,00\r\n',
    '\uFEFFИмя;Цена\r\nКлиент 2;1,00\r\n',
    '\uFEFFИмя;Цена\r\nКлиент 3;1,00\r\n',
    '\uFEFFИмя;Цена\r\nКлиент 4;1,00\r\n',
  ])
  for (const file of files.done()) expect(file.length).toBeLessThanOrEqual(60)
  expect(csvFiles(['Имя'], 60).done()).toHaveLength(1)
})

test('dates, sums and numbers are written as Russian tables write them', () => {
  expect(csvDate('2026-11-05')).toBe('05.11.2026')
  expect([csvMoney(250050), csvMoney(200000), csvMoney(5), csvMoney(null)]).toEqual([
    '2500,50',
    '2000,00',
    '0,05',
    '',
  ])
  expect([csvPhone('+79161234567'), csvPhone('+4930123456'), csvPhone(null)]).toEqual([
    '8 916 123-45-67',
    '+4930123456',
    '',
  ])
})

test.each([
  ['month', '2026-12-15', '2026-12-01', '2026-12-31'],
  ['last-month', '2027-01-15', '2026-12-01', '2026-12-31'],
  ['year', '2026-12-15', '2026-01-01', '2026-12-31'],
  ['last-year', '2026-12-15', '2025-01-01', '2025-12-31'],
] as const)('%s on %s is %s to %s', (period, today, first, last) => {
  expect(exportSpan(period, today, 'Europe/Berlin')).toMatchObject({ first, last })
})

test('the days of a month are those of the business: a month in which the clocks change is an hour longer', () => {
  const { span } = exportSpan('month', '2026-10-05', 'Europe/Berlin')
  expect((span.end - span.start) / 3_600_000).toBe(31 * 24 + 1)
})
