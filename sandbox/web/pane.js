import { call, element, sleep } from './api.js'

const TOAST_MS = 4000

/** One customer's chat with the chosen bot. */
export function createPane(root, { getBot, onNewUser, askPhone }) {
  const find = (selector) => root.querySelector(selector)
  const log = find('.log')
  const userSelect = find('.user')
  const toast = find('.toast')
  let watching = new AbortController()
  let shownToasts = 0
  let toastTimer

  const chatPath = () => `chats/${getBot().user.id}/${userSelect.value}`
  const ready = () => Boolean(getBot()) && userSelect.value !== ''

  async function act(action, body = {}) {
    if (!ready()) return
    try {
      await call('POST', `${chatPath()}/${action}`, body)
    } catch (error) {
      showToast(error.message, true)
    }
  }

  function showToast(text, alert) {
    toast.textContent = text
    toast.classList.toggle('alert', alert)
    toast.hidden = false
    clearTimeout(toastTimer)
    toastTimer = setTimeout(() => (toast.hidden = true), TOAST_MS)
  }

  /** Follows the chat until another one is chosen. */
  async function watch() {
    // A browser allows six connections to one host: a poll that nobody waits for any more must not keep one.
    watching.abort()
    watching = new AbortController()
    const { signal } = watching
    log.replaceChildren()
    find('.reply-keyboard').replaceChildren()
    let revision = -1
    while (!signal.aborted && ready()) {
      try {
        const view = await call('GET', `${chatPath()}?since=${revision}&timeout=25`, undefined, signal)
        if (view.revision !== revision) render(view, revision === -1)
        revision = view.revision
      } catch {
        if (signal.aborted) return
        showToast('The sandbox does not answer; trying again.', true)
        await sleep(2000)
      }
    }
  }

  function render(view, first) {
    log.replaceChildren(...view.messages.map(renderMessage))
    log.scrollTop = log.scrollHeight
    renderKeyboard(view.replyKeyboard, view.contactLabels)
    const block = find('.block')
    block.setAttribute('aria-pressed', String(view.blocked))
    block.textContent = view.blocked ? 'Unblock bot' : 'Block bot'
    const latest = view.toasts.at(-1)
    if (!first && view.toasts.length > shownToasts && latest?.text) showToast(latest.text, latest.alert)
    shownToasts = view.toasts.length
  }

  function renderMessage(message) {
    const node = element('article', message.from.is_bot ? 'message' : 'message mine')
    const bubble = element('div', 'bubble')
    if (message.text !== undefined) appendFormatted(bubble, message.text, message.entities ?? [])
    else if (message.document) bubble.append(documentLink(message))
    else if (message.photo) {
      bubble.append(picture(message))
      appendFormatted(bubble, message.caption ?? '', message.caption_entities ?? [])
    } else
      bubble.append(
        message.sticker ? (message.sticker.emoji ?? 'Sticker') : `☎ ${message.contact?.phone_number ?? ''}`,
      )
    const time = new Date(message.date * 1000).toLocaleTimeString([], {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    bubble.append(element('span', 'meta', message.edit_date ? `edited ${time}` : time))
    node.append(bubble)
    const rows = message.reply_markup?.inline_keyboard
    if (rows) node.append(inlineKeyboard(rows, message.message_id))
    return node
  }

  function picture(message) {
    const node = element('img', 'picture')
    node.src = `/sandbox/files/${getBot().user.id}/${message.photo[0].file_id}`
    node.alt = message.caption ?? ''
    // Its height is not known before, and the newest message stays in sight.
    node.addEventListener('load', () => node.scrollIntoView({ block: 'end' }))
    return node
  }

  function documentLink(message) {
    const link = element('a', '', `📎 ${message.document.file_name}`)
    link.href = `/sandbox/files/${getBot().user.id}/${message.document.file_id}`
    return link
  }

  function inlineKeyboard(rows, messageId) {
    const keyboard = element('div', 'inline')
    for (const buttons of rows) {
      const row = element('div', 'row')
      for (const button of buttons) {
        const node = element('button', '', button.text)
        node.type = 'button'
        node.addEventListener('click', () =>
          button.url
            ? window.open(button.url, '_blank', 'noopener')
            : act('tap', { data: button.callback_data, messageId }),
        )
        row.append(node)
      }
      keyboard.append(row)
    }
    return keyboard
  }

  function renderKeyboard(rows, contactLabels) {
    find('.reply-keyboard').replaceChildren(
      ...rows.map((labels) => {
        const row = element('div', 'row')
        for (const label of labels) {
          const node = element('button', '', label)
          node.type = 'button'
          node.addEventListener('click', () =>
            contactLabels.includes(label) ? shareContact() : act('text', { text: label }),
          )
          row.append(node)
        }
        return row
      }),
    )
  }

  /** As Telegram does: asks first, then sends the number of whoever's chat this is. */
  async function shareContact() {
    const phone = await askPhone(userSelect.value)
    if (phone !== undefined) void act('contact', { phone })
  }

  function toggleCommands() {
    const listing = find('.commands')
    const commands = Object.entries(getBot()?.commands ?? {})
    const language = userSelect.selectedOptions[0]?.dataset.language ?? ''
    const chosen =
      commands.find(([key]) => key.endsWith(`|${language}`)) ?? commands.find(([key]) => key.endsWith('|'))
    const entries = [
      { command: 'start', description: 'Start' },
      ...(chosen?.[1] ?? []).filter((c) => c.command !== 'start'),
    ]
    listing.replaceChildren(
      ...entries.map(({ command, description }) => {
        const item = element('li')
        const node = element('button', '', `/${command} – ${description}`)
        node.type = 'button'
        node.addEventListener('click', () => {
          toggle(false)
          void act('text', { text: `/${command}` })
        })
        item.append(node)
        return item
      }),
    )
    const toggle = (open) => {
      listing.hidden = !open
      find('.menu').setAttribute('aria-expanded', String(open))
    }
    toggle(listing.hidden)
  }

  find('.compose').addEventListener('submit', (event) => {
    event.preventDefault()
    const input = find('.text')
    const text = input.value.trim()
    if (!text) return
    input.value = ''
    void act('text', { text })
  })
  find('.menu').addEventListener('click', toggleCommands)
  find('.block').addEventListener('click', () =>
    act(find('.block').getAttribute('aria-pressed') === 'true' ? 'unblock' : 'block'),
  )
  find('.new-user').addEventListener('click', async () => {
    const user = await onNewUser()
    if (!user) return
    userSelect.value = String(user.id)
    void watch()
  })
  userSelect.addEventListener('change', () => void watch())

  return {
    watch,
    /** Shows the known users; keeps the choice, or takes the one at `preferred`. */
    setUsers(users, preferred) {
      const chosen = userSelect.value
      userSelect.replaceChildren(
        ...users.map((user) => {
          const option = element('option', '', [user.first_name, user.last_name].filter(Boolean).join(' '))
          option.value = String(user.id)
          option.dataset.language = user.language_code ?? ''
          return option
        }),
      )
      userSelect.value = chosen || String(users[preferred]?.id ?? users[0]?.id ?? '')
    },
  }
}

const ENTITY_TAGS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
}

/** Text with its entities as elements. Entities of Telegram nest, so each part is drawn with all that cover it. */
function appendFormatted(target, text, entities) {
  const cuts = [
    ...new Set([0, text.length, ...entities.flatMap((e) => [e.offset, e.offset + e.length])]),
  ].toSorted((a, b) => a - b)
  for (let i = 0; i + 1 < cuts.length; i++) {
    let node = document.createTextNode(text.slice(cuts[i], cuts[i + 1]))
    for (const entity of entities) {
      if (entity.offset > cuts[i] || entity.offset + entity.length < cuts[i + 1]) continue
      const wrapper = entity.type === 'text_link' ? element('a') : element(ENTITY_TAGS[entity.type] ?? 'span')
      if (entity.type === 'text_link' && /^(https?|tg):/.test(entity.url ?? '')) wrapper.href = entity.url
      wrapper.append(node)
      node = wrapper
    }
    target.append(node)
  }
}
