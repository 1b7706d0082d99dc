import type { TextKey } from './keys.ts'

export const TEXT_GROUPS = [
  'welcome',
  'choosing',
  'booking',
  'waitlist',
  'contact',
  'own',
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
 * `texts-name-KEY`; placeholders are the values of the product's text. What is not among them, and why, stands in
 * test/unit/bot/said-to-customers.test.ts.
 */
const TABLE = {
  'greeting-new': { group: 'welcome', required: [] },
  'greeting-back': { group: 'welcome', required: [] },
  help: { group: 'welcome', required: [] },
  unknown: { group: 'welcome', required: [] },
  'link-gone': { group: 'welcome', required: [], most: 500 },
  'dialogue-left': { group: 'welcome', required: [] },
  'nothing-to-leave': { group: 'welcome', required: [] },

  'choose-service': { group: 'choosing', required: [] },
  'choose-service-of': { group: 'choosing', required: [] },
  'choose-staff': { group: 'choosing', required: [] },
  'several-add': { group: 'choosing', required: ['lines'] },
  'several-full': { group: 'choosing', required: ['lines'] },
  'choose-nearest': { group: 'choosing', required: [] },
  'choose-day': { group: 'choosing', required: [] },
  'choose-time': { group: 'choosing', required: ['date'] },
  'no-free-time': { group: 'choosing', required: [] },
  'nothing-to-book': { group: 'choosing', required: [] },

  summary: { group: 'booking', required: visit },
  'summary-held': { group: 'booking', required: ['until'], most: 200 },
  'summary-changed': { group: 'booking', required: [], most: 300 },
  'approval-remark': { group: 'booking', required: [], most: 500 },
  booked: { group: 'booking', required: visit },
  'approval-awaits': { group: 'booking', required: visit },
  'already-booked': { group: 'booking', required: visit },
  'just-taken': { group: 'booking', required: [] },
  'just-taken-none': { group: 'booking', required: [] },
  'no-longer-possible': { group: 'booking', required: [] },
  'limit-reached': { group: 'booking', required: [] },
  'approval-denied': { group: 'booking', required: [] },
  'flow-cancelled': { group: 'booking', required: [] },

  'waitlist-calendar': { group: 'waitlist', required: [], most: 500 },
  'waitlist-full': { group: 'waitlist', required: ['date'] },
  'waitlist-joined': { group: 'waitlist', required: ['date'] },
  'waitlist-offer': { group: 'waitlist', required: [...visit, 'until'] },
  'waitlist-declined': { group: 'waitlist', required: [] },
  'waitlist-ended': { group: 'waitlist', required: ['date'] },
  'waitlist-title': { group: 'waitlist', required: [] },
  'waitlist-place': { group: 'waitlist', required: ['service', 'date'] },
  'waitlist-left': { group: 'waitlist', required: [] },
  'waitlist-none': { group: 'waitlist', required: [] },
  'waitlist-too-many': { group: 'waitlist', required: [] },

  'contact-name': { group: 'contact', required: [] },
  'contact-name-or-tap': { group: 'contact', required: [] },
  'contact-phone': { group: 'contact', required: [] },
  'contact-phone-how': { group: 'contact', required: [], most: 500 },
  'contact-thanks': { group: 'contact', required: [] },
  'contact-skipped': { group: 'contact', required: [] },
  'contact-unchanged': { group: 'contact', required: [] },

  'my-title': { group: 'own', required: [] },
  'my-none': { group: 'own', required: [] },
  card: { group: 'own', required: visit },
  'calendar-file': { group: 'own', required: [], most: 900 },
  'calendar-file-cancelled': { group: 'own', required: [], most: 900 },
  'past-title': { group: 'own', required: [], most: 200 },
  'past-repeat': { group: 'own', required: [], most: 500 },
  'past-none': { group: 'own', required: [] },

  'choose-nearest-move': { group: 'changes', required: [] },
  'summary-move': { group: 'changes', required: visit },
  moved: { group: 'changes', required: visit },
  'cancel-ask': { group: 'changes', required: visit },
  cancelled: { group: 'changes', required: [] },
  'cancel-reason-ask': { group: 'changes', required: [], most: 500 },
  'cancel-reason-thanks': { group: 'changes', required: [] },
  'deadline-passed': { group: 'changes', required: ['contact'] },
  'deadline-passed-move': { group: 'changes', required: ['contact'] },
  'contact-given': { group: 'changes', required: ['how'], most: 350 },
  'contact-told': { group: 'changes', required: [], most: 350 },

  'schedule-tell-booked': { group: 'notices', required: visit },
  'schedule-tell-approved': { group: 'notices', required: visit },
  'schedule-tell-declined': { group: 'notices', required: visit },
  'approval-expired': { group: 'notices', required: visit },
  'schedule-tell-confirmed': { group: 'notices', required: visit },
  'schedule-tell-moved': { group: 'notices', required: visit },
  'schedule-tell-changed': { group: 'notices', required: visit },
  'schedule-tell-cancelled': { group: 'notices', required: visit },
  'calendar-cancelled-notice': { group: 'notices', required: visit },

  reminder: { group: 'reminders', required: visit },
  'reminder-thanks': { group: 'reminders', required: [] },

  'feedback-ask': { group: 'feedback', required: [] },
  'feedback-thanks': { group: 'feedback', required: [] },
  'feedback-done': { group: 'feedback', required: [] },
  'feedback-done-map': { group: 'feedback', required: [] },
  'news-said-yes': { group: 'feedback', required: [] },
  'news-said-no': { group: 'feedback', required: [] },

  rules: { group: 'rules', required: [], most: 200 },
  'rules-any-time': { group: 'rules', required: [], most: 200 },
  'rules-cancel': { group: 'rules', required: [], most: 200 },
  'rules-cancel-any-time': { group: 'rules', required: [], most: 200 },
  'rules-move': { group: 'rules', required: [], most: 200 },
  'rules-move-any-time': { group: 'rules', required: [], most: 200 },
  'contact-plain': { group: 'rules', required: ['how'], most: 350 },
} as const satisfies Partial<Record<TextKey, EditableText>>

export type EditableKey = keyof typeof TABLE
export const EDITABLE: Readonly<Record<EditableKey, EditableText>> = TABLE
export const EDITABLE_KEYS = Object.keys(TABLE) as [EditableKey, ...EditableKey[]]
