/** Every key of a client begins with its prefix, as the ACL demands; the form is the deployment guide's. */
export function redisKeys(prefix: string) {
  return {
    dialogue: (userId: number) => `${prefix}user:${userId}:state`,
    rate: (userId: number, kind: 'message' | 'callback') => `${prefix}user:${userId}:rate:${kind}`,
  }
}
