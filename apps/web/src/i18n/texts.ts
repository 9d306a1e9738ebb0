/**
 * The words that are loaded and how a text is made of them: what the page uses of i18next, which weighs ten times as
 * much. The build puts this in its place (build/ownTexts.ts); `texts.test.ts` holds that both say the same.
 */
import type { TOptions } from 'i18next'

/** Texts by their names; a dot in the name of a text leads further in. */
export interface Words {
  [name: string]: string | Words
}

type Values = TOptions & Record<string, unknown>
/** `t('list:count', { count: 3 })`; a string instead of the values is what is said where there is no such text. */
export type Translate = (key: string, values?: Values | string) => string

const firstArea = 'app'
const placeholder = /\{\{(?<name>\w+)(?<number>, number)?\}\}/g

let language = ''
let version = 0
const words = new Map<string, Words>()
const listeners = new Set<() => void>()

/** The words of an area, and from now on all texts in this language. */
export function addTexts(ofLanguage: string, texts: Record<string, Words>): void {
  for (const [area, found] of Object.entries(texts)) words.set(`${ofLanguage}/${area}`, found)
  changed()
}

export function setLanguage(next: string): void {
  language = next
  changed()
}

export const hasTexts = (ofLanguage: string, area: string): boolean => words.has(`${ofLanguage}/${area}`)

function changed(): void {
  version += 1
  for (const tell of listeners) tell()
}

/** Told whenever a text may read otherwise than before; answers how not to be told any more. */
export function onTexts(tell: () => void): () => void {
  listeners.add(tell)
  return () => void listeners.delete(tell)
}

/** Another one after each change of the words. */
export const textsVersion = (): number => version

/** Looks in these areas, one after the other, for keys that name none. */
export function translatorOf(areas: readonly string[]): Translate {
  return (key, given = {}) => {
    const values = typeof given === 'string' ? { defaultValue: given } : given
    const [named, name] = partsOf(key)
    const wanted = named ? [named] : areas
    const text = find(wanted, name, values.count)
    if (text !== undefined) return filled(text, values)
    if (values.defaultValue !== undefined) return filled(String(values.defaultValue), values)
    tellMissing(wanted[0]!, name)
    return name
  }
}

export const t: Translate = translatorOf([firstArea])

export function exists(key: string): boolean {
  const [area = firstArea, name] = partsOf(key)
  return find([area], name, undefined) !== undefined
}

/** `list:count.one` stands in the area `list`. */
function partsOf(key: string): [area: string | undefined, name: string] {
  const [area, ...rest] = key.split(':')
  return rest.length > 0 ? [area, rest.join('.')] : [undefined, key]
}

function find(areas: readonly string[], name: string, count: unknown): string | undefined {
  for (const area of areas) {
    const inside = words.get(`${language}/${area}`)
    for (const form of formsOf(name, count)) {
      const text = inside && textAt(inside, form)
      if (text !== undefined) return text
    }
  }
  return undefined
}

/** Making one takes longer than all else that a text does. */
const plurals = new Map<string, Intl.PluralRules>()

/** The names under which a text may stand for this number of things, the fittest first. */
function formsOf(name: string, count: unknown): string[] {
  if (typeof count !== 'number') return [name]
  const rules = plurals.get(language) ?? new Intl.PluralRules(language)
  plurals.set(language, rules)
  return [...(count === 0 ? [`${name}_zero`] : []), `${name}_${rules.select(count)}`, `${name}_other`, name]
}

/** Names may have dots of their own: `error.not.found` is looked for as one, too. */
function textAt(inside: Words, name: string): string | undefined {
  const own = Object.hasOwn(inside, name) ? inside[name] : undefined
  if (typeof own === 'string') return own
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const first = name.slice(0, dot)
    const further = Object.hasOwn(inside, first) ? inside[first] : undefined
    const found = typeof further === 'object' ? textAt(further, name.slice(dot + 1)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function filled(text: string, values: Values): string {
  return text.replace(placeholder, (whole, name: string, asNumber?: string) => {
    if (!(name in values)) return whole
    const value = values[name]
    return asNumber ? new Intl.NumberFormat(language).format(value as number) : String(value ?? '')
  })
}

/** A text that nobody has written is a mistake and said aloud; words that are still on their way are none. */
function tellMissing(area: string, name: string): void {
  if (hasTexts(language, area)) console.error(`There is no text ${area}:${name} in ${language}.`)
}

/** As `i18next` gives it. */
export default {
  t,
  exists,
  get language(): string {
    return language
  },
}
