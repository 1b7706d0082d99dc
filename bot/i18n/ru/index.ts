import { customer } from './customer.ts'
import { panel } from './panel.ts'
import { schedule } from './schedule.ts'

/** Russian texts as Fluent patterns, by room. English must have the same keys and arguments; a test compares them. */
export const ruByRoom = { customer, panel, schedule } as const

export const ru = { ...customer, ...panel, ...schedule } as const
