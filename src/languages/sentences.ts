/** The languages of the back office and the portal. Customers' documents may speak others' month names. */
export const languages = ['en', 'fr'] as const

export type Language = (typeof languages)[number]

/** A feature's sentences: each key with its ICU MessageFormat text in every language. A missing one does not compile. */
export type Sentences = Readonly<Record<string, Readonly<Record<Language, string>>>>
