import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, instantOf, localDate } from '../../../bot/domain/time.ts'
import { quoteIdentifier } from '../../../src/fleet/names.ts'
import { type RunningBot, startBot } from '../../support/bot.ts'
import { findChromium, picture } from '../../support/chromium.ts'
import { eventually } from '../../support/throwaway-servers.ts'

const OWNER = 500_001
const ZONE = 'Europe/Moscow'
/** Tomorrow at ten in the morning, whenever the tests run. */
const FROM = Date.now()
const START = instantOf(addDays(localDate(FROM, ZONE), 1), '10:00', ZONE)

let running: RunningBot
let browser: Browser
beforeAll(async () => {
  running = await startBot({ env: { ADMIN_IDS: String(OWNER) }, now: () => START + Date.now() - FROM })
  browser = await chromium.launch(findChromium())
  const schema = quoteIdentifier(running.clientId)
  for (const statement of [
    `delete from ${schema}.services`,
    `insert into ${schema}.services (name, minutes, price_minor, category) values ('Стрижка', 60, 200000, 'Волосы'), ('Окрашивание', 120, 500000, 'Волосы'), ('Маникюр', 90, 180000, 'Ногти')`,
    `insert into ${schema}.settings (key, value) values ('title', '"Салон Анны"') on conflict (key) do update set value = excluded.value`,
  ])
    await running.db.query(statement)
})
afterAll(async () => {
  await browser?.close()
  await running?.stop()
})

/** A telephone with the chat of one person. */
async function phoneOf(id: number, name: string): Promise<{ page: Page; pane: Locator }> {
  await running.sandboxClient.createUser({ id, first_name: name, language_code: 'ru' })
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await page.goto(running.sandbox.url)
  const pane = page.locator('.pane').nth(0)
  await pane.getByRole('combobox').selectOption(String(id))
  return { page, pane }
}

async function write(pane: Locator, text: string): Promise<void> {
  await pane.getByPlaceholder('Message').fill(text)
  await pane.getByRole('button', { name: 'Send' }).click()
}

test('on a telephone a customer books, and the owner finds the booking in the panel; every screen fits', async () => {
  const customer = await phoneOf(500_002, 'Борис')
  await write(customer.pane, '/start')
  await customer.pane.getByText('Здравствуйте, Борис!').waitFor()
  await customer.pane.getByRole('button', { name: '📅 Записаться' }).last().click()
  await customer.pane.getByRole('button', { name: 'Волосы' }).click()
  await customer.pane.getByRole('button', { name: /^Стрижка/ }).click()
  await customer.pane.getByText('Ближайшее свободное время:').waitFor()
  await picture(customer.page, 'customer-times')
  await customer.pane
    .getByRole('button', { name: /\d\d:\d\d/ })
    .first()
    .click()
  await customer.pane.getByText(/Держим это время за вами/).waitFor()
  await picture(customer.page, 'customer-summary')
  await customer.pane.getByRole('button', { name: '✅ Записаться' }).click()
  await customer.pane.getByText('Вы записаны').waitFor()
  await picture(customer.page, 'customer-booked')

  const owner = await phoneOf(OWNER, 'Ольга')
  await write(owner.pane, '/admin')
  await owner.pane.getByText('Управление:').waitFor()
  await picture(owner.page, 'panel')
  await owner.pane.getByRole('button', { name: '🗓 Расписание' }).click()
  await owner.pane.getByRole('button', { name: /Борис/ }).click()
  await owner.pane.getByRole('button', { name: '☑️ Подтвердить' }).waitFor()
  await picture(owner.page, 'panel-booking')
  await write(owner.pane, '/admin')
  await owner.pane.getByRole('button', { name: '💼 Услуги' }).last().click()
  await owner.pane.getByRole('button', { name: /^Стрижка/ }).click()
  await owner.pane.getByRole('button', { name: '🗑 Удалить' }).waitFor()
  await picture(owner.page, 'panel-service')
  await write(owner.pane, '/admin')
  await owner.pane.getByRole('button', { name: '📊 Сводка' }).last().click()
  const chart = owner.pane.getByRole('button', { name: /^🖼 График/ }).first()
  await chart.waitFor()
  await picture(owner.page, 'panel-figures')
  await chart.click()
  const drawn = owner.pane.locator('img.picture').last()
  await drawn.waitFor()
  await eventually(async () => {
    expect(
      await owner.page.evaluate("[...document.querySelectorAll('img.picture')].at(-1).naturalWidth"),
    ).toBeGreaterThan(500)
  })
  await picture(owner.page, 'panel-chart')
  for (const page of [customer.page, owner.page]) {
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
    await page.close()
  }
})
