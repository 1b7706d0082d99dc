/** The version of a client's schema that this runtime was written for: the number of the newest client migration. */
export const CLIENT_SCHEMA_VERSION = 4

/** The lowest version of schema `fleet` that this runtime works with. */
export const FLEET_SCHEMA_VERSION = 4

/**
 * The oldest runtime (by the schema version it knows) that still works with the newest client schema.
 * bookctl records it in fleet.schema_versions when it migrates, so that a fleet migrates first and restarts bots after.
 */
export const OLDEST_RUNTIME = 1
