import type { ru } from './ru/index.ts'

export type TextKey = keyof typeof ru
