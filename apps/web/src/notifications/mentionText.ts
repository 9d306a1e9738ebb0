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
