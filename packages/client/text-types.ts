/** A text in the languages of the tenant. */
export type LocalizedText = { en: string } & Record<string, string>

/** What requests take: one string is stored under the caller's language. */
export type TextInput = string | LocalizedText
