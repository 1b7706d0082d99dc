import type { ru } from './ru.ts'

export type TextKey = keyof typeof ru
