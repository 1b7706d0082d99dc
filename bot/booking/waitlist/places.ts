import { Composer } from 'grammy'
import { toMyBookings } from '../../dialogue/menu.ts'
import { customerOf, onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { dayWords, serviceName } from '../../dialogue/words.ts'
import { shorten } from '../../i18n/texts.ts'
import type { BotContext, Turn } from '../../runtime/turn.ts'
import { lockCustomer } from '../../storage/bookings.ts'
import { listStaff } from '../../storage/catalogue.ts'
import { findPlace, listWaiting, type WaitingPlace } from '../../storage/waitlist.ts'
import { leavePlace } from '../../storage/waitlist-leave.ts'
import { button, type InlineButton, inline } from '../../telegram/keyboards.ts'

const NAME_ON_BUTTON = 30

/** Any customer: the days they wait for, and the way out of the line. */
export function placesScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'wait-list', async (ctx) => {
    await showList(ctx)
    return undefined
  })
  onButton(screen, 'wait-place', async (ctx, { waitingId }) => {
    const { tx, texts, now } = ctx.turn
    const place = await findPlace(tx, customerOf(ctx).id, waitingId, now)
    if (!place?.isWaiting) {
      await showList(ctx)
      return texts.plain('waitlist-gone')
    }
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('waitlist-place', {
        ...placeWords(ctx.turn, place),
        staff: await staffLine(ctx, place),
      }),
      keyboard: inline(
        [button(texts.plain('waitlist-leave'), { to: 'wait-leave', waitingId })],
        [button(texts.plain('button-back'), { to: 'wait-list' })],
      ),
    })
    return undefined
  })
  onButton(screen, 'wait-leave', async (ctx, { waitingId }) => {
    const { tx, texts, client, now } = ctx.turn
    const { id } = customerOf(ctx)
    await lockCustomer(tx, client.clientId, id)
    const place = await findPlace(tx, id, waitingId, now)
    if (!place) return texts.plain('waitlist-gone')
    // Who has left already is told the same.
    await leavePlace(tx, id, waitingId, now)
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('waitlist-left', placeWords(ctx.turn, place)),
      keyboard: inline([toMyBookings(texts)]),
    })
    return undefined
  })
  return screen
}

/** The way to the own places; nothing for who has none. */
export async function waitlistDoor(ctx: BotContext): Promise<InlineButton[]> {
  const { tx, texts, now } = ctx.turn
  const places = await listWaiting(tx, customerOf(ctx).id, now)
  return places.length === 0 ? [] : [button(texts.plain('waitlist-list'), { to: 'wait-list' })]
}

/** What is waited for, and when. */
export function placeWords(
  telling: Pick<Turn, 'texts' | 'settings' | 'now'>,
  place: WaitingPlace,
): { service: string; date: string } {
  return { service: serviceName(place), date: dayWords(place.localDate, whenOptions(telling)) }
}

async function showList(ctx: BotContext): Promise<void> {
  const { tx, texts, now } = ctx.turn
  const places = await listWaiting(tx, customerOf(ctx).id, now)
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(places.length > 0 ? 'waitlist-title' : 'waitlist-none'),
    keyboard: inline(
      ...places.map((place) => {
        const day = dayWords(place.localDate, { ...whenOptions(ctx.turn), month: 'short' })
        return [
          button(`${day} · ${shorten(serviceName(place), NAME_ON_BUTTON)}`, {
            to: 'wait-place',
            waitingId: place.id,
          }),
        ]
      }),
      [toMyBookings(texts)],
    ),
  })
}

/** Who is waited for, where somebody was chosen among several; begins with a line break. */
async function staffLine({ turn }: BotContext, { staffId }: WaitingPlace): Promise<{ html: string }> {
  const staff = await listStaff(turn.tx)
  const member = staff.length > 1 ? staff.find(({ id }) => id === staffId) : undefined
  return { html: member ? `\n${turn.texts.html('line-staff', { name: member.name })}` : '' }
}
