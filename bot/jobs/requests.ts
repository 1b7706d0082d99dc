import { customerLink, plainContact, serviceName, whenWords } from '../dialogue/words.ts'
import { APPROVAL_REACH_MS, approvalDeadline } from '../domain/approval.ts'
import { type Texts, textsFor } from '../i18n/texts.ts'
import { listAdminIds } from '../storage/admins.ts'
import { markBooking } from '../storage/booking-changes.ts'
import { lockCustomers } from '../storage/bookings.ts'
import { listRequests, type Request } from '../storage/requests.ts'
import { reachable } from '../storage/users.ts'
import { button, inline } from '../telegram/keyboards.ts'
import type { Job, JobMessage, JobTurn } from './job.ts'

/** Gives up, in time for other plans, what waits for an approval that nobody has given. */
export const requests: Job = {
  name: 'requests',
  async run(at) {
    const { tx, settings, now } = at
    const { quietFrom, quietTo, timeZone } = settings
    const rules = { quiet: { from: quietFrom, to: quietTo }, timeZone }
    const listDue = async () =>
      (await listRequests(tx, now + APPROVAL_REACH_MS)).filter(
        (request) => approvalDeadline(request, rules) <= now,
      )
    const expected = await listDue()
    if (expected.length === 0) return []
    const customerIds = expected.map(({ customerId }) => customerId)
    await lockCustomers(tx, at.client.clientId, customerIds)
    const messages: JobMessage[] = []
    // Only under the locks is it known what nobody has approved, moved or cancelled meanwhile.
    for (const request of await listDue()) {
      if (!customerIds.includes(request.customerId)) continue
      if (!(await markBooking(tx, request, 'expired', { actor: 'system' }, now))) continue
      messages.push(...(await toCustomer(at, request)), ...(await toAdmins(at, request)))
    }
    return messages
  },
}

async function toCustomer(at: JobTurn, request: Request): Promise<JobMessage[]> {
  const { settings, now } = at
  const { telegramId, language, isGone } = request.customer
  if (telegramId === null || isGone || request.startsAt <= now) return []
  const texts = await at.textsIn(language)
  const html = texts.html('approval-expired', {
    ...wordsOf(texts, request, settings.timeZone, now),
    contact: plainContact(texts, settings),
  })
  const keyboard = inline([button(texts.plain('button-book-again'), { to: 'services', page: 0 })])
  return [
    {
      key: `request-expired:${request.id}:${request.startsAt}`,
      chatId: telegramId,
      message: { kind: 'request-expired', html: html.trimEnd(), keyboard },
    },
  ]
}

async function toAdmins({ tx, client, settings, now }: JobTurn, request: Request): Promise<JobMessage[]> {
  const admins = await reachable(tx, await listAdminIds(tx, client.staticAdminIds))
  return [...admins].map(([adminId, language]) => {
    const texts = textsFor(language)
    const html = texts.html('admin-not-approved', {
      ...wordsOf(texts, request, settings.timeZone, now),
      customer: customerLink(request.customer),
    })
    return {
      key: `request-expired:${request.id}:${request.startsAt}:${adminId}`,
      chatId: adminId,
      message: { kind: 'admin-notice', html },
    }
  })
}

function wordsOf({ language }: Texts, request: Request, timeZone: string, now: number) {
  return {
    service: serviceName(request),
    when: whenWords(request.startsAt, request.endsAt, { language, timeZone, now }),
  }
}
