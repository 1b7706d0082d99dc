import type { FleetSettings } from '../../fleet/schema.ts'

/** `bookctl.conf`, which the server's own postgresql.conf includes. `ALTER SYSTEM` still wins over it. */
export function postgresConfig(settings: FleetSettings['postgres'], port: number): string {
  return `# Written by bookctl at every start from fleet.yml; edits here are lost. Use fleet.yml or ALTER SYSTEM.

# Only programs of this host. No socket: paths of sockets are limited to 107 bytes, a fleet folder's is not.
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
password_encryption = scram-sha-256

# fleet.yml: postgres.maxConnections. A bot keeps at most 3; the rest is for bookctl and the operator.
max_connections = ${settings.maxConnections}
# Gone peers are noticed after about two minutes, so that their locks are.
tcp_keepalives_idle = 60
tcp_keepalives_interval = 15
tcp_keepalives_count = 4

# fleet.yml: postgres.sharedBuffers. A quarter of the memory meant for PostgreSQL; the system's cache does the rest.
shared_buffers = ${settings.sharedBuffers}
work_mem = 8MB
maintenance_work_mem = 64MB

# A dump of the whole fleet locks every table of every client at once.
max_locks_per_transaction = 256

# Nothing that was committed may be lost.
fsync = on
synchronous_commit = on
full_page_writes = on
wal_compression = on
max_wal_size = 1GB
checkpoint_completion_target = 0.9

# Many small schemas: look at their tables sooner than at 20 % of change.
autovacuum_naptime = 30s
autovacuum_vacuum_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.05
# Compiling costs more than it brings for short statements.
jit = off

# The log goes to bookctl's file. Statements slower than a second are shown, without the values given to them:
# those are customers' names and telephone numbers. Failed statements are not repeated, for the same reason.
logging_collector = off
log_destination = 'stderr'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d %a '
log_min_duration_statement = 1000
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_error_statement = panic
log_lock_waits = on
log_temp_files = 16MB
log_checkpoints = off
lc_messages = 'C'

timezone = 'UTC'
default_text_search_config = 'pg_catalog.simple'
`
}
