import { call, element, sleep } from './api.js'
import { createPane } from './pane.js'

const PANES = 2
const REFRESH_MS = 2000
const byId = (id) => document.getElementById(id)
const botSelect = byId('bot')
let bots = []
let users = []

const panes = Array.from({ length: PANES }, (_, index) => {
  const root = byId('pane').content.firstElementChild.cloneNode(true)
  root.setAttribute('aria-label', `Customer ${index + 1}`)
  root.classList.toggle('shown', index === 0)
  byId('panes').append(root)
  return createPane(root, {
    getBot: () => bots.find((bot) => String(bot.user.id) === botSelect.value),
    onNewUser: askForUser,
    askPhone,
  })
})

async function loadUsers() {
  users = await call('GET', 'users')
  for (const [first_name, language_code] of [
    ['Мария', 'ru'],
    ['John', 'en'],
  ].slice(users.length)) {
    users.push(await call('POST', 'users', { first_name, language_code }))
  }
  panes.forEach((pane, index) => pane.setUsers(users, index))
}

/** What was filled into the dialog of a template; undefined when it was cancelled. */
async function askIn(template, prepare = () => undefined) {
  const dialog = byId(template).content.firstElementChild.cloneNode(true)
  document.body.append(dialog)
  prepare(dialog)
  dialog.showModal()
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }))
  const form = new FormData(dialog.querySelector('form'))
  dialog.remove()
  if (dialog.returnValue !== 'ok') return undefined
  return Object.fromEntries([...form].filter(([, value]) => value !== ''))
}

/** People here have no telephones: each is proposed a number of their own, without the plus, as Telegram sends it. */
async function askPhone(userId) {
  const filled = await askIn('share-contact', (dialog) => {
    dialog.querySelector('input').value = `7900${String(userId).slice(-7).padStart(7, '0')}`
  })
  return filled?.phone
}

async function askForUser() {
  const filled = await askIn('new-customer')
  if (!filled) return undefined
  const user = await call('POST', 'users', filled)
  await loadUsers()
  return user
}

/** Bots come and go while the page is open. */
async function refreshBots() {
  const fresh = await call('GET', 'bots')
  const sameBots = fresh.map((bot) => bot.user.id).join() === bots.map((bot) => bot.user.id).join()
  bots = fresh
  byId('empty').hidden = bots.length > 0
  if (sameBots) return
  const chosen = botSelect.value
  botSelect.replaceChildren(
    ...bots.map((bot) => {
      const option = element('option', '', `${bot.user.first_name} (@${bot.user.username})`)
      option.value = String(bot.user.id)
      return option
    }),
  )
  botSelect.value = bots.some((bot) => String(bot.user.id) === chosen)
    ? chosen
    : String(bots[0]?.user.id ?? '')
  if (botSelect.value !== chosen) watchAll()
}

function watchAll() {
  for (const pane of panes) void pane.watch()
}

botSelect.addEventListener('change', watchAll)
byId('make-bot').addEventListener('click', async () => {
  byId('token').textContent = (await call('POST', 'bots', {})).token
})
for (const button of document.querySelectorAll('.switch button')) {
  button.addEventListener('click', () => {
    for (const other of document.querySelectorAll('.switch button'))
      other.setAttribute('aria-pressed', String(other === button))
    document
      .querySelectorAll('.pane')
      .forEach((pane, index) => pane.classList.toggle('shown', String(index) === button.dataset.pane))
  })
}

await loadUsers()
for (;;) {
  // A sandbox that was stopped is asked again; the panes say that it does not answer.
  await refreshBots().catch(() => undefined)
  await sleep(REFRESH_MS)
}
