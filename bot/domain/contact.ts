/**
 * The version of the text that asks for consent to the processing of personal data (`contact-consent`). Raised whenever
 * it says something else: consent given to another version is asked anew.
 */
export const CONSENT_VERSION = 1

export type ContactDetail = 'name' | 'phone'
export type ContactQuestion = 'consent' | ContactDetail

/** What a customer has said about the processing of personal data. */
export interface PersonalDataConsent {
  /** Which text was agreed to, and when; no `at`: none ever was. */
  version?: number
  at?: string
  withdrawnAt?: string
  /** The last text that was not agreed to, or taken back. */
  refused?: { version: number; at: string }
  /** What was not given though it was asked for. */
  skipped?: readonly ContactDetail[]
}

/** A customer's details as they gave them. */
export interface OwnContact {
  givenName: string | null
  phone: string | null
  consent: PersonalDataConsent
}

/** Agreed to some version of the text, and not taken back. */
export function hasConsented({ at, withdrawnAt }: PersonalDataConsent): boolean {
  return at !== undefined && withdrawnAt === undefined
}

/** Agreed to the text as it is now: only then are a name and a phone number kept. */
export function mayKeepContact(consent: PersonalDataConsent): boolean {
  return hasConsented(consent) && consent.version === CONSENT_VERSION
}

/**
 * What is to be asked before a booking; undefined where nothing is. Each question is answered once: what was skipped or
 * refused is not asked again, unless nobody books without it.
 */
export function nextQuestion(
  mode: 'off' | 'asked' | 'required',
  { givenName, phone, consent }: OwnContact,
): ContactQuestion | undefined {
  if (mode === 'off') return undefined
  const isOpen = (detail: ContactDetail, value: string | null) =>
    value === null && (mode === 'required' || !consent.skipped?.includes(detail))
  const open: ContactDetail | undefined = isOpen('name', givenName)
    ? 'name'
    : isOpen('phone', phone)
      ? 'phone'
      : undefined
  if (mayKeepContact(consent)) return open
  const isKept = hasConsented(consent) && (givenName !== null || phone !== null)
  if (open === undefined && !isKept) return undefined
  return mode === 'required' || consent.refused?.version !== CONSENT_VERSION ? 'consent' : undefined
}
