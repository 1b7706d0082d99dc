/**
 * What the bot may do in Redis: the allow-list of its ACL user. A name that the server does not know makes the whole
 * ACL SETUSER fail, so only commands of Redis 7.0 and later stand here. No SCAN, scripts or PUBSUB: they leak names.
 */
export const REDIS_COMMANDS = [
  'get',
  'set',
  'del',
  'unlink',
  'exists',
  'expire',
  'pexpire',
  'ttl',
  'pttl',
  'mget',
  'incr',
  'hset',
  'hget',
  'hgetall',
  'hdel',
  'ping',
  'auth',
  'hello',
  'multi',
  'exec',
  'discard',
  'publish',
  'subscribe',
  'unsubscribe',
  'client|setname',
  'client|id',
  'quit',
] as const
