/** With these two nobody could ever book: the first time that is far enough ahead lies beyond the last one on offer. */
export function closesBooking({
  leadMinutes,
  horizonDays,
}: {
  leadMinutes: number
  horizonDays: number
}): boolean {
  return leadMinutes >= horizonDays * 1440
}
