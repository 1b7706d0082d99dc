import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** Metrics of one runtime, by client. */
export interface Metrics {
  registry: Registry
  updates: Counter<'client' | 'outcome'>
  messages: Counter<'client' | 'state'>
  ready: Gauge<'client'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    updates: new Counter({
      name: 'booking_bot_updates_total',
      help: 'Updates by outcome: done, failed, ignored (too fast), seen (worked before)',
      labelNames: ['client', 'outcome'],
      registers,
    }),
    messages: new Counter({
      name: 'booking_bot_messages_total',
      help: 'Tries to send a message by result: sent, queued (again later), failed, unknown',
      labelNames: ['client', 'state'],
      registers,
    }),
    ready: new Gauge({
      name: 'booking_bot_ready',
      help: '1 while database, Redis and Telegram are reached',
      labelNames: ['client'],
      registers,
    }),
  }
}
