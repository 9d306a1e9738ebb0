/**
 * Mentions while a text is written and read: `@Ana García` in the hands of who writes it, `<@id>` where it is stored, and
 * the name that she has now where it is read.
 */
export interface Person {
  id: string
  name: string
}

/** What is being typed behind the last `@` before the caret; undefined where nobody is being mentioned. */
export function mentionAt(text: string, caret: number): { start: number; typed: string } | undefined {
  const [whole, typed] = /(?<!\S)@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u.exec(text.slice(0, caret)) ?? []
  return whole === undefined ? undefined : { start: caret - whole.length, typed: typed ?? '' }
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => signs[sign]!)

/** Formatted text as it is written; there the signs around an id are entities. */
export const shownHtml = (html: string, people: Person[]): string =>
  html.replace(/&lt;@([0-9a-f-]{36})&gt;/g, (whole, id) => {
    const person = people.find((one) => one.id === id)
    return person ? escaped(`@${person.name}`) : whole
  })

/** Formatted text as it is stored. */
export const storedHtml = (html: string, picked: Person[]): string =>
  picked
    .toSorted((a, b) => b.name.length - a.name.length)
    .reduce((stored, { id, name }) => stored.replaceAll(escaped(`@${name}`), `&lt;@${id}&gt;`), html)

/** Whom a text names, formatted or not. */
export const peopleNamed = (text: string, people: Person[]): Person[] =>
  people.filter(({ id }) => text.includes(`<@${id}>`) || text.includes(`&lt;@${id}&gt;`))

/** The text as it is written: people by the names that they have now. */
export const shownText = (stored: string, people: Person[]): string =>
  shownParts(stored, people)
    .map((part) => (typeof part === 'string' ? part : `@${part.name}`))
    .join('')

/** What is being typed behind a `/` that begins a line, before the caret; undefined where none does. */
export function snippetAt(text: string, caret: number): { start: number; typed: string } | undefined {
  const [, typed] = /(?:^|\n)\/([^\n/]{0,40})$/.exec(text.slice(0, caret)) ?? []
  return typed === undefined ? undefined : { start: caret - typed.length - 1, typed }
}

/** The text as it is stored; a longer name before one that it begins with. */
export function storedText(text: string, picked: Person[]): string {
  const longestFirst = picked.toSorted((a, b) => b.name.length - a.name.length)
  return longestFirst.reduce((stored, { id, name }) => stored.replaceAll(`@${name}`, `<@${id}>`), text)
}

/** The text in parts: strings as they are, and people who are mentioned. */
export function shownParts(body: string, people: Person[]): (string | Person)[] {
  const parts = body.split(/<@([0-9a-f-]{36})>/)
  return parts.map((part, index) => (index % 2 === 0 ? part : (people.find(({ id }) => id === part) ?? `<@${part}>`)))
}
