import { customer } from './customer.ts'
import { panel } from './panel.ts'
import { staff } from './staff.ts'

/** Russian texts as Fluent patterns, by room. English must have the same keys and arguments; a test compares them. */
export const ruByRoom = { customer, panel, staff } as const

export const ru = { ...customer, ...panel, ...staff } as const
