import type { Permission } from '../domain/permissions.ts'
import type { Field } from './button-fields.ts'

type Fields = Readonly<Record<string, Field<unknown>>>

/** The form of one kind of button: its short name in callback_data, its values in their order, who may press it. */
export interface ButtonForm<F extends Fields = Fields> {
  tag: string
  fields: F
  /** Undefined: any customer. */
  permission?: Permission
}

export type ButtonForms = Readonly<Record<string, ButtonForm>>

type ValueOf<F> = F extends Field<infer T> ? T : never

/** The buttons of a table of forms, as values: `{ to: 'card', bookingId: 7 }`. */
export type ButtonIn<T extends ButtonForms> = {
  [To in keyof T & string]: { to: To } & { [Name in keyof T[To]['fields']]: ValueOf<T[To]['fields'][Name]> }
}[keyof T & string]

const NOTHING = {}

/** A form; without fields, a button that says nothing but what it is. */
export function form<F extends Fields = typeof NOTHING>(tag: string, fields?: F): ButtonForm<F> {
  return { tag, fields: fields ?? (NOTHING as F) }
}

/** Forms of buttons that only admins with this permission may press. */
export function needs<T extends ButtonForms>(permission: Permission, forms: T): T {
  return Object.fromEntries(
    Object.entries(forms).map(([to, one]) => [to, { ...one, permission }]),
  ) as unknown as T
}
