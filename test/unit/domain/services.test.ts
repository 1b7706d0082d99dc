import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOffered, type Offers, withOwnTerm, withService } from '../../../bot/domain/offers.ts'
import { groupByCategory, moveCategory, moveWithinCategory } from '../../../bot/domain/order.ts'
import { parseLine, parseMinutes, parsePrice } from '../../../bot/domain/service-input.ts'

describe('a typed price', () => {
  const exact = (priceMinor: number | null) => ({ priceMinor, priceFrom: false })
  const from = (priceMinor: number) => ({ priceMinor, priceFrom: true })
  test.each([
    ['1500', exact(150_000)],
    ['1 500', exact(150_000)],
    ['1\u00a0500', exact(150_000)],
    ['12\u202f500', exact(1_250_000)],
    ['1.500', exact(150_000)],
    ['1,500', exact(150_000)],
    ["1'500", exact(150_000)],
    ['1 500 000', exact(150_000_000)],
    ['1500,50', exact(150_050)],
    ['1500.5', exact(150_050)],
    ['1 500,05 ₽', exact(150_005)],
    ['1500 ₽', exact(150_000)],
    ['1500₽', exact(150_000)],
    ['₽1500', exact(150_000)],
    ['1500 р', exact(150_000)],
    ['1500р.', exact(150_000)],
    ['1500 руб.', exact(150_000)],
    ['1501 рубль', exact(150_100)],
    ['1500 Рублей', exact(150_000)],
    ['1500 rub', exact(150_000)],
    ['от 1500', from(150_000)],
    ['От 1 500 ₽', from(150_000)],
    ['от1500', from(150_000)],
    ['from 1500', from(150_000)],
    ['1500+', from(150_000)],
    ['  1500  ', exact(150_000)],
    ['0', exact(0)],
    ['0 ₽', exact(0)],
    ['бесплатно', exact(0)],
    ['free', exact(0)],
    ['-', exact(null)],
    ['нет', exact(null)],
    ['без цены', exact(null)],
    ['10000000', exact(1_000_000_000)],
  ])('%s is understood', (text, price) => {
    expect(parsePrice(text)).toEqual(price)
  })

  test.each([
    '',
    'дорого',
    '-100',
    '1500-2000',
    '1500,505 ₽ 1',
    '1 50',
    '1500.50.50',
    '10000001',
    '1e5',
    'от',
    'от 0',
    'от бесплатно',
    '1500 тугриков',
    '٣',
  ])('“%s” is none', (text) => {
    expect(parsePrice(text)).toBeUndefined()
  })
})

describe('a typed length of time', () => {
  test.each([
    ['60', 60],
    ['60 мин', 60],
    ['60мин.', 60],
    ['45 минут', 45],
    ['1 час', 60],
    ['2 часа', 120],
    ['1 ч 30 мин', 90],
    ['1ч30', 90],
    ['1 час и 15 минут', 75],
    ['1,5 часа', 90],
    ['0.25 ч', 15],
    ['1:30', 90],
    ['90 min', 90],
    ['2h', 120],
    ['1 hour 5 minutes', 65],
    ['0', 0],
  ])('%s is understood', (text, minutes) => {
    expect(parseMinutes(text)).toBe(minutes)
  })

  test.each(['', 'час', '1:75', '-5', '1.5', 'полчаса', '10 лет', '1,33 часа', '12345'])(
    '“%s” is none',
    (text) => {
      expect(parseMinutes(text)).toBeUndefined()
    },
  )
})

test('a typed name becomes one line within its limit, counted as people count', () => {
  expect(parseLine('  Стрижка \n мужская  ', 100)).toBe('Стрижка мужская')
  expect(parseLine('💇'.repeat(100), 100)).toBe('💇'.repeat(100))
  expect(parseLine('я'.repeat(101), 100)).toBeUndefined()
  expect(parseLine(' \n ', 100)).toBeUndefined()
})

describe('what a member of staff gives', () => {
  const all = [1, 2, 3]
  const cases: [string, Offers, Offers][] = [
    [
      'who gives everything and is taken off one keeps the others by name',
      withService(null, all, 2, false),
      { 1: {}, 3: {} },
    ],
    ['already so is no change', withService(null, all, 2, true), null],
    ['taken off twice is the same', withService({ 1: {} }, all, 2, false), { 1: {} }],
    ['put back, everything is everything again', withService({ 1: {}, 3: {} }, all, 2, true), null],
    [
      'own terms survive what happens to other services',
      withService({ 1: { priceMinor: 5 }, 2: {}, 3: {} }, all, 3, false),
      { 1: { priceMinor: 5 }, 2: {} },
    ],
    ['nobody is left with nothing by accident', withService({ 1: {} }, [1], 1, false), {}],
    [
      'an own price makes the list explicit',
      withOwnTerm(null, all, 2, 'priceMinor', 700),
      { 1: {}, 2: { priceMinor: 700 }, 3: {} },
    ],
    [
      'own minutes stand beside an own price',
      withOwnTerm({ 2: { priceMinor: 700 } }, all, 2, 'minutes', 30),
      { 2: { priceMinor: 700, minutes: 30 } },
    ],
    [
      'the last own term taken back gives everything again',
      withOwnTerm({ 1: {}, 2: { priceMinor: 700 }, 3: {} }, all, 2, 'priceMinor', undefined),
      null,
    ],
    [
      'terms for a service that is not given are not kept',
      withOwnTerm({ 1: {} }, all, 2, 'minutes', 30),
      { 1: {} },
    ],
  ]
  test.each(cases)('%s', (_title, offers, expected) => {
    expect(offers).toEqual(expected)
  })

  test('a change of one service never changes what is given of another', () => {
    const terms = fc.record(
      { minutes: fc.integer({ min: 5, max: 60 }), priceMinor: fc.nat(100) },
      { requiredKeys: [] },
    )
    const offers = fc.option(
      fc.dictionary(fc.constantFrom('1', '2', '3'), terms, { noNullPrototype: true }),
      { nil: null },
    )
    fc.assert(
      fc.property(offers, fc.constantFrom(1, 2, 3), fc.boolean(), (before, id, gives) => {
        const after = withService(before, all, id, gives)
        expect(isOffered(after, id)).toBe(gives)
        for (const other of all.filter((one) => one !== id)) {
          expect(isOffered(after, other)).toBe(isOffered(before, other))
          expect(after?.[other] ?? {}).toEqual(before?.[other] ?? {})
        }
      }),
    )
  })
})

describe('the order of services', () => {
  const list = [
    { id: 1, category: 'Волосы' },
    { id: 2, category: '' },
    { id: 3, category: 'Ногти' },
    { id: 4, category: 'Волосы' },
    { id: 5, category: '' },
  ]
  test('goes by categories, what has none at the end', () => {
    expect(groupByCategory(list).map(([name, members]) => [name, members.map(({ id }) => id)])).toEqual([
      ['Волосы', [1, 4]],
      ['Ногти', [3]],
      ['', [2, 5]],
    ])
  })

  test.each([
    ['up past the one above in its category', 4, 'up', [4, 1, 3, 2, 5]],
    ['down past the one below in its category', 2, 'down', [1, 4, 3, 5, 2]],
    ['not beyond the edge of its category', 1, 'up', [1, 4, 3, 2, 5]],
    ['not where it is alone', 3, 'down', [1, 4, 3, 2, 5]],
    ['not when it is gone', 9, 'up', [1, 4, 3, 2, 5]],
  ] as const)('a service goes %s', (_title, id, direction, ids) => {
    expect(moveWithinCategory(list, id, direction)).toEqual(ids)
  })

  test.each([
    ['up as a whole', 'Ногти', 'up', [3, 1, 4, 2, 5]],
    ['down, but never below what has none', 'Ногти', 'down', [1, 4, 3, 2, 5]],
    ['nowhere when it is gone', 'Брови', 'up', [1, 4, 3, 2, 5]],
  ] as const)('a category goes %s', (_title, category, direction, ids) => {
    expect(moveCategory(list, category, direction)).toEqual(ids)
  })
})
