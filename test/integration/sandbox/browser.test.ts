import { Api } from 'grammy'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSandboxClient } from '../../../sandbox/client.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts'
import { findChromium, picture } from '../../support/chromium.ts'

let sandbox: Sandbox
let browser: Browser
const stopped = new AbortController()
let polling: Promise<void>

beforeAll(async () => {
  sandbox = await startSandbox()
  browser = await chromium.launch(findChromium())
  const client = createSandboxClient(sandbox.url)
  await client.createBot({ name: 'Барбершоп', username: 'barber_bot' })
  const salon = await client.createBot({ name: 'Салон «Анна»', username: 'anna_bot' })
  polling = runScriptedBot(new Api(salon.token, { apiRoot: sandbox.url }))
})
afterAll(async () => {
  stopped.abort()
  await polling
  await browser.close()
  await sandbox.close()
})

/** A bot of a few lines, so that the page is tested alone. */
async function runScriptedBot(api: Api): Promise<void> {
  await api.setMyCommands([{ command: 'help', description: 'Помощь' }])
  let offset = 0
  while (!stopped.signal.aborted) {
    const updates = await api
      .getUpdates({ offset, timeout: 20 }, stopped.signal as never)
      .catch((error: unknown) => {
        if (stopped.signal.aborted) return []
        throw error
      })
    for (const { update_id, message, callback_query: tap } of updates) {
      offset = update_id + 1
      if (message?.text === '📅 Записаться') await offerTimes(api, message.chat.id)
      else if (message?.text === '/phone')
        await api.sendMessage(message.chat.id, 'Ваш телефон?', {
          reply_markup: {
            keyboard: [[{ text: '📱 Отправить', request_contact: true }, { text: 'Пропустить' }]],
          },
        })
      else if (message?.contact)
        await api.sendMessage(
          message.chat.id,
          `Спасибо: ${message.contact.phone_number}, ваш: ${message.contact.user_id === message.from.id}`,
          { reply_markup: { remove_keyboard: true } },
        )
      else if (message) {
        await api.sendMessage(message.chat.id, `Здравствуйте, <b>${escaped(message.from.first_name)}</b>!`, {
          parse_mode: 'HTML',
          reply_markup: {
            keyboard: [[{ text: '📅 Записаться' }], [{ text: '🗓 Мои записи' }, { text: 'ℹ️ О нас' }]],
            resize_keyboard: true,
          },
        })
      }
      if (tap?.message) {
        await api.answerCallbackQuery(tap.id, { text: 'Записал' })
        await api.editMessageText(tap.message.chat.id, tap.message.message_id, `✅ Вы записаны: ${tap.data}`)
      }
    }
  }
}

function escaped(name: string): string {
  return name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

async function offerTimes(api: Api, chat: number): Promise<void> {
  const days = ['Пн 23 ноября', 'Вт 24 ноября']
  await api.sendMessage(chat, 'Стрижка, 60 мин, 2 000 ₽\nВыберите время:', {
    reply_markup: {
      inline_keyboard: days.map((day) =>
        ['10:00', '11:00', '12:00'].map((time) => ({
          text: `${day.slice(0, 2)} ${time}`,
          callback_data: `${day}, ${time}`,
        })),
      ),
    },
  })
}

async function open(width: number, height: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height } })
  await page.goto(sandbox.url)
  await page.locator('#bot option', { hasText: 'Анна' }).waitFor({ state: 'attached' })
  await page.locator('#bot').selectOption({ label: 'Салон «Анна» (@anna_bot)' })
  return page
}

async function addCustomer(pane: Locator, name: string): Promise<void> {
  const page = pane.page()
  await pane.getByRole('button', { name: 'New customer' }).click()
  await page.getByLabel('First name').fill(name)
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function book(pane: Locator, name: string, time: string): Promise<void> {
  await pane.getByPlaceholder('Message').fill('/start')
  await pane.getByRole('button', { name: 'Send' }).click()
  await pane.getByText(`Здравствуйте, ${name}!`).waitFor()
  await pane.getByRole('button', { name: '📅 Записаться' }).click()
  await pane.getByRole('button', { name: time }).click()
  await pane.getByText('✅ Вы записаны').waitFor()
  await pane.getByRole('status').getByText('Записал').waitFor()
}

async function fitsWidth(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')
}

describe('the web chat', () => {
  test('on a desktop two customers book side by side', async () => {
    const page = await open(1280, 800)
    const [left, right] = [page.locator('.pane').nth(0), page.locator('.pane').nth(1)]
    await addCustomer(left, 'Маша')
    await addCustomer(right, 'Ольга')
    await book(left, 'Маша', 'Пн 10:00')
    await right.getByPlaceholder('Message').fill('/start')
    await right.getByPlaceholder('Message').press('Enter')
    await right.getByRole('button', { name: '📅 Записаться' }).click()
    await right.getByRole('button', { name: 'Вт 11:00' }).waitFor()
    await picture(page, 'desktop')
    await right.getByRole('button', { name: 'Вт 11:00' }).click()
    await right.getByText('✅ Вы записаны: Вт 24 ноября, 11:00').waitFor()
    expect(await left.getByText('Вт 24 ноября').count()).toBe(0)
    expect(await left.locator('b', { hasText: 'Маша' }).count()).toBe(1)
    expect(await fitsWidth(page)).toBe(true)
    await page.close()
  })

  test('a button that asks for the phone number shares it as a contact, after a question; then the keyboard is gone', async () => {
    const page = await open(390, 844)
    const pane = page.locator('.pane').nth(0)
    await addCustomer(pane, 'Нина')
    await pane.getByPlaceholder('Message').fill('/phone')
    await pane.getByRole('button', { name: 'Send' }).click()
    const share = pane.getByRole('button', { name: '📱 Отправить' })
    await share.click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await pane.getByText('Спасибо').count()).toBe(0)
    await share.click()
    await page.getByLabel('Phone number').fill('79161234567')
    await page.getByRole('button', { name: 'Share' }).click()
    await pane.getByText('Спасибо: 79161234567, ваш: true').waitFor()
    await share.waitFor({ state: 'detached' })
    await page.close()
  })

  test('on a phone one customer is shown at a time, and everything fits', async () => {
    const page = await open(390, 844)
    const pane = page.locator('.pane').nth(0)
    await addCustomer(pane, 'Вера')
    await book(pane, 'Вера', 'Пн 12:00')
    await pane.getByRole('button', { name: '📅 Записаться' }).click()
    await pane.getByRole('button', { name: 'Вт 10:00' }).waitFor()
    await picture(page, 'phone')
    expect(await fitsWidth(page)).toBe(true)
    expect(await page.locator('.pane').nth(1).isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Customer 2' }).click()
    expect(await page.locator('.pane').nth(1).isVisible()).toBe(true)
    expect(await pane.isVisible()).toBe(false)
    await page.close()
  })

  test('a name with markup is shown as it was typed', async () => {
    const page = await open(1280, 800)
    const pane = page.locator('.pane').nth(0)
    await addCustomer(pane, '<img src=x>')
    await pane.getByPlaceholder('Message').fill('<b>привет</b>')
    await pane.getByRole('button', { name: 'Send' }).click()
    await pane.getByText('<b>привет</b>').waitFor()
    expect(await page.locator('.log img').count()).toBe(0)
    await page.close()
  })
})
