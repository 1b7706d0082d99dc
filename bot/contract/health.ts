/** Answer of GET /healthz (alive) and GET /readyz (200 when ready, 503 when not). */
export interface HealthReport {
  status: 'ok' | 'not-ready' | 'dead'
  clients: ClientHealth[]
}

export interface ClientHealth {
  clientId: string
  ready: boolean
  /** Why not: one of the parts that a bot needs; `failed`: it has ended, and its last log line says why. */
  reason?: 'database' | 'redis' | 'telegram' | 'starting' | 'stopping' | 'other-poller' | 'failed'
  lastPollAt?: string
  lastUpdateAt?: string
}
