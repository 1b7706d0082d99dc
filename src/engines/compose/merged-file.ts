import { unseal } from '../../fleet/sealed.ts'

/** Stands before each client's service in the merged file: for the reader, and to find it again without parsing. */
const MARK = /\n {2}# clients\/(client_\w+)\.yml\n/

/** What a client's file gives to the merged one: its service, indented as there; undefined where nothing is generated. */
export function serviceOf(clientText: string): string | undefined {
  return unseal(clientText)
    ?.body.replaceAll('\r\n', '\n')
    .replace(/^services:\n/, '')
}

/** Base and services in one text, joined as text: parsing a thousand services anew costs seconds. */
export function joinServices(base: string, services: ReadonlyMap<string, string>): string {
  const parts = [...services]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, service]) => `\n  # clients/${id}.yml\n${service}`)
  return `${base}${parts.join('')}`
}

/** The opposite: what a joined text was made of. */
export function splitServices(text: string): { base: string; services: Map<string, string> } {
  const [base = '', ...rest] = text.split(MARK)
  const services = new Map<string, string>()
  for (let at = 0; at < rest.length; at += 2) services.set(rest[at] ?? '', rest[at + 1] ?? '')
  return { base, services }
}
