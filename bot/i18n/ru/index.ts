import { admins } from './admins.ts'
import { customer } from './customer.ts'
import { panel } from './panel.ts'
import { settings } from './settings.ts'

/** Russian texts as Fluent patterns, by room. English must have the same keys and arguments; a test compares them. */
export const ruByRoom = { customer, panel, admins, settings } as const

export const ru = { ...customer, ...panel, ...admins, ...settings } as const
