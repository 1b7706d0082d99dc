import type { TextKey } from './keys.ts'

export const TEXT_GROUPS = [
  'welcome',
  'booking',
  'changes',
  'notices',
  'reminders',
  'feedback',
  'rules',
] as const
export type TextGroup = (typeof TEXT_GROUPS)[number]

interface EditableText {
  group: TextGroup
  /** Values without which the message would not say what it is for. */
  required: readonly string[]
  /** Where it is only a part of a message: its length at most. */
  most?: number
}

const visit = ['service', 'when'] as const

/**
 * What a business may write itself: messages to customers, each said as HTML. Its name in the panel is the text
 * `texts-name-KEY`; placeholders are the values of the product's text. Labels of buttons, and what the law wants said
 * in certain words, are not among them.
 */
const TABLE = {
  'greeting-new': { group: 'welcome', required: [] },
  'greeting-back': { group: 'welcome', required: [] },
  help: { group: 'welcome', required: [] },
  unknown: { group: 'welcome', required: [] },
  'link-gone': { group: 'welcome', required: [], most: 500 },

  'choose-service': { group: 'booking', required: [] },
  'choose-staff': { group: 'booking', required: [] },
  'choose-nearest': { group: 'booking', required: [] },
  'choose-day': { group: 'booking', required: [] },
  'choose-time': { group: 'booking', required: ['date'] },
  summary: { group: 'booking', required: visit },
  booked: { group: 'booking', required: visit },
  'just-taken': { group: 'booking', required: [] },
  'just-taken-none': { group: 'booking', required: [] },
  'no-longer-possible': { group: 'booking', required: [] },
  'no-free-time': { group: 'booking', required: [] },
  'nothing-to-book': { group: 'booking', required: [] },
  'limit-reached': { group: 'booking', required: [] },
  'flow-cancelled': { group: 'booking', required: [] },
  'waitlist-full': { group: 'booking', required: ['date'] },
  'waitlist-joined': { group: 'booking', required: ['date'] },

  'summary-move': { group: 'changes', required: visit },
  moved: { group: 'changes', required: visit },
  'cancel-ask': { group: 'changes', required: visit },
  cancelled: { group: 'changes', required: [] },
  'cancel-reason-ask': { group: 'changes', required: [], most: 500 },
  'cancel-reason-thanks': { group: 'changes', required: [] },
  'deadline-passed': { group: 'changes', required: ['contact'] },
  'deadline-passed-move': { group: 'changes', required: ['contact'] },
  'my-none': { group: 'changes', required: [] },

  'schedule-tell-booked': { group: 'notices', required: visit },
  'schedule-tell-confirmed': { group: 'notices', required: visit },
  'schedule-tell-moved': { group: 'notices', required: visit },
  'schedule-tell-changed': { group: 'notices', required: visit },
  'schedule-tell-cancelled': { group: 'notices', required: visit },
  'calendar-cancelled-notice': { group: 'notices', required: visit },
  'waitlist-offer': { group: 'notices', required: [...visit, 'until'] },
  'waitlist-ended': { group: 'notices', required: ['date'] },

  reminder: { group: 'reminders', required: visit },
  'reminder-thanks': { group: 'reminders', required: [] },

  'feedback-ask': { group: 'feedback', required: [] },
  'feedback-thanks': { group: 'feedback', required: [] },
  'feedback-done': { group: 'feedback', required: [] },
  'feedback-done-map': { group: 'feedback', required: [] },

  rules: { group: 'rules', required: [], most: 200 },
  'rules-any-time': { group: 'rules', required: [], most: 200 },
  'rules-cancel': { group: 'rules', required: [], most: 200 },
  'rules-cancel-any-time': { group: 'rules', required: [], most: 200 },
  'rules-move': { group: 'rules', required: [], most: 200 },
  'rules-move-any-time': { group: 'rules', required: [], most: 200 },
} as const satisfies Partial<Record<TextKey, EditableText>>

export type EditableKey = keyof typeof TABLE
export const EDITABLE: Readonly<Record<EditableKey, EditableText>> = TABLE
export const EDITABLE_KEYS = Object.keys(TABLE) as [EditableKey, ...EditableKey[]]
