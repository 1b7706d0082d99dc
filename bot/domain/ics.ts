/** An event of a calendar file. Instants in epoch milliseconds. */
export interface CalendarEvent {
  /** Stays the same when the booking moves, so that a calendar replaces its entry. */
  uid: string
  /** Goes up with every change. */
  sequence: number
  startsAt: number
  endsAt: number
  title: string
  place: string
  description: string
  /** `CANCELLED` takes the entry out of calendars that hold it. */
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
  /** When the file was made. */
  stamp: number
}

/** Longer lines are folded (RFC 5545, 3.1), counted in bytes and never within a character. */
const LINE_BYTES = 75

/** One event as an iCalendar file (RFC 5545); times are UTC, so that no zone needs to be described. */
export function calendarFile(event: CalendarEvent): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//bookctl//booking bot//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `STATUS:${event.status}`,
    `DTSTAMP:${utc(event.stamp)}`,
    `DTSTART:${utc(event.startsAt)}`,
    `DTEND:${utc(event.endsAt)}`,
    `SUMMARY:${escaped(event.title)}`,
    ...(event.place ? [`LOCATION:${escaped(event.place)}`] : []),
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n')
}

function utc(instant: number): string {
  return `${new Date(instant).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n')
}

function folded(line: string): string {
  const pieces: string[] = []
  let piece = ''
  for (const character of line) {
    // A continuation begins with a space, which counts.
    const room = pieces.length === 0 ? LINE_BYTES : LINE_BYTES - 1
    if (Buffer.byteLength(piece + character) > room) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece].join('\r\n ')
}
