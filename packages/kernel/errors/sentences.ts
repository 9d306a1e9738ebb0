/** What is most often wrong with a value, each sentence under a key, so that a page can say it in the reader's language. */

export interface Said {
  /** A predicate without the field's name, in English: "must be 5 or more". */
  message: string
  /** Which sentence it is, where it is one of those below. */
  key?: string
  /** What stands in it: numbers, days as YYYY-MM-DD, countries by their two letters. */
  values?: Record<string, string | number>
}

const counted = new Intl.NumberFormat('en')
const characters = (count: number): string => `${counted.format(count)} character${count === 1 ? '' : 's'}`

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' })

const sentences = {
  required: () => 'is required',
  readOnly: () => 'may be read but not changed by your role',
  taken: ({ objects }: { objects: string }) => `is already used by another of ${objects}`,
  atLeast: ({ least }: { least: number }) => `must be ${least} or more`,
  atMost: ({ most }: { most: number }) => `must be ${most} or less`,
  tooShort: ({ least, length }: { least: number; length: number }) =>
    `must have at least ${characters(least)}, not ${length}`,
  tooLong: ({ most, length }: { most: number; length: number }) =>
    `must have at most ${characters(most)}, not ${counted.format(length)}`,
  number: ({ example }: { example: string }) => `must be a number such as ${example}`,
  wholeNumber: ({ example }: { example: string }) => `must be a whole number such as ${example}`,
  date: () => 'must be a date such as 2026-04-30',
  notBefore: ({ day }: { day: string }) => `must not be before ${day}`,
  notAfter: ({ day }: { day: string }) => `must not be after ${day}`,
  email: () => 'must be an e-mail address such as ana@example.com',
  phone: () => 'must be a phone number with its country code, such as +61 2 9374 4000',
  phoneOf: ({ country }: { country: string }) =>
    `must be a phone number of this country (${countryNames.of(country)}), or one with its country code such as +61 2 9374 4000`,
  option: ({ options }: { options: string }) => `must be one of ${options}`,
  booked: () => 'is booked at this time',
  bookedBy: ({ what }: { what: string }) => `is booked at this time: ${what}`,
}

type Sentences = typeof sentences

/** One of the sentences: `says('atLeast', { least: 5 })`. */
export function says<Key extends keyof Sentences>(key: Key, ...given: Parameters<Sentences[Key]>): Said {
  const [values] = given as [Record<string, string | number>?]
  const message = (sentences[key] as (values?: object) => string)(values)
  return { message, key, ...(values && { values }) }
}
