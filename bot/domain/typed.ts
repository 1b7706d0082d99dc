/** What people type for a number, a Telegram id, an address: read as they mean it, or undefined. */

/** Digits, perhaps with blanks between them or `id:` before. */
export function readTelegramId(text: string): number | undefined {
  const digits = text.replace(/^id\s*:?/i, '').replaceAll(/\s/g, '')
  return /^[1-9]\d{4,14}$/.test(digits) ? Number(digits) : undefined
}
