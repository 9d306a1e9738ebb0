/** checklist: items in order, each with a text, and whether it is done. An item keeps its id however it is changed. */
import { createHash } from 'node:crypto'
import { checkCount } from './choices.ts'
import { parseLine } from './text.ts'
import { accept, isObject, type Parsed, refuse, type StoredValue, type ValueType } from './value-type.ts'

export type CheckItem = { id: string; text: string; done: boolean }

export const mostChecklistItems = 200
const longestItem = 500
const itemId = /^[A-Za-z0-9_-]{1,40}$/
/** `[x] cellar`, `- [ ] attic`, `* garden`: as lists are written in plain text. */
const line = /^\s*(?:[-*•]\s+)?(?:\[(?<mark>[ xX✓])\]\s*)?(?<text>.*)$/u

/** The items that lines of text stand for; `[x]` in front says that one is done. */
const itemsOfText = (text: string): unknown[] =>
  text.split(/\r\n?|\n/).map((one) => {
    const { mark = ' ', text = '' } = line.exec(one)?.groups ?? {}
    return { text, done: mark !== ' ' }
  })

/** An item that comes without an id is named by its text: the same list sent again is the same list. */
function idFor(text: string, taken: ReadonlySet<string>): string {
  const named = createHash('sha256').update(text).digest('base64url').slice(0, 12)
  let id = named
  for (let n = 2; taken.has(id); n++) id = `${named}-${n}`
  return id
}

function parseItem(entry: unknown): Parsed<Partial<CheckItem>> {
  const { id, text, done, ...rest } = typeof entry === 'string' ? { text: entry } : isObject(entry) ? entry : {}
  const [unknown] = Object.keys(rest)
  if (unknown) return refuse(`must have items of id, text and done, and not of “${unknown}”`)
  if (id !== undefined && !(typeof id === 'string' && itemId.test(id)))
    return refuse('must have ids of at most 40 letters, digits, - and _')
  if (done !== undefined && typeof done !== 'boolean') return refuse('must say of each item that done is true or false')
  const parsed = parseLine(text)
  if (!parsed.ok) return refuse(`must have items with a text: it ${parsed.message}`)
  if (parsed.value === null) return accept<Partial<CheckItem>>(null)
  if (Array.from(parsed.value).length > longestItem)
    return refuse(`must have items of at most ${longestItem} characters`)
  return accept({ ...(id === undefined ? {} : { id }), text: parsed.value, done: done ?? false })
}

/** Takes a list of items, or text with a line for each. Items without a text are left out. */
function parseChecklist(input: unknown): Parsed {
  const entries = typeof input === 'string' ? itemsOfText(input) : input
  if (!Array.isArray(entries)) return refuse('must be a list of items such as {"text": "Call back", "done": false}')
  const items: Partial<CheckItem>[] = []
  for (const [index, entry] of entries.entries()) {
    const parsed = parseItem(entry)
    if (!parsed.ok) return refuse(`${parsed.message} (item ${index + 1})`)
    if (parsed.value) items.push(parsed.value)
  }
  const taken = new Set<string>()
  for (const { id } of items) {
    if (id !== undefined && taken.has(id)) return refuse(`has two items with the id “${id}”`)
    if (id !== undefined) taken.add(id)
  }
  const named = items.map((item) => {
    const id = item.id ?? idFor(item.text!, taken)
    taken.add(id)
    return { id, text: item.text!, done: item.done! }
  })
  return accept(named.length > 0 ? named : null)
}

const itemsOf = (value: StoredValue): CheckItem[] => value as CheckItem[]

export const checklist: ValueType = {
  parse: parseChecklist,
  check: checkCount(mostChecklistItems),
  search: (value) =>
    itemsOf(value)
      .map(({ text }) => text)
      .join(' '),
  display: (value) =>
    itemsOf(value)
      .map(({ text, done }) => `[${done ? 'x' : ' '}] ${text}`)
      .join('\n'),
  rules: [],
}
