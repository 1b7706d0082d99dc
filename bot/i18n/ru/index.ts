import { customer } from './customer.ts'
import { panel } from './panel.ts'
import { services } from './services.ts'

/** Russian texts as Fluent patterns, by room. English must have the same keys and arguments; a test compares them. */
export const ruByRoom = { customer, panel, services } as const

export const ru = { ...customer, ...panel, ...services } as const
