import type { TextKey } from '../keys.ts'
import { admins } from './admins.ts'
import { customer } from './customer.ts'
import { panel } from './panel.ts'
import { settings } from './settings.ts'

/** English texts as Fluent patterns: the same keys and arguments as Russian. */
export const en: Record<TextKey, string> = { ...customer, ...panel, ...admins, ...settings }
