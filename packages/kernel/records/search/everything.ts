/** The search over all objects: what is written is read, found, ranked, and shown with what of it was found where. */
import { fieldAccess, rowCondition, scopeOf } from '../../access/index.ts'
import type { Statement } from '../../database/index.ts'
import { type CompiledObject, fromStored } from '../../metadata/index.ts'
import { foldText, parseOfType } from '../../metadata/values/index.ts'
import { type RecordContext, valueContext } from '../context.ts'
import { filterCondition } from '../filtering.ts'
import { atLocation } from '../location.ts'
import type { RecordData } from '../project.ts'
import { isProtected } from '../reading.ts'
import { type AskedObject, askedOf } from './asked.ts'
import { candidatesOf } from './candidates.ts'
import { seesAllText, whereVisible } from './conditions.ts'
import { dayReaderOf } from './days.ts'
import { best, type RankedRow, ranks } from './ranking.ts'
import { mostOfObject, type Search, type SearchedObject } from './searched.ts'
import { putRight } from './spelling.ts'
import { partsOf, type Term, termsOf } from './terms.ts'
import { opened } from './visits.ts'
import { readWritten } from './written.ts'

/** How a record was found: see `ranks`, and beyond them by words like the mistyped ones, or because it was opened lately. */
export type FoundBy = (typeof ranks)[number] | 'similar' | 'opened'

export interface FoundRecord {
  object: CompiledObject
  rank: FoundBy
  row: FoundRow
}

/** With the values under the names of the fields. */
export type FoundRow = Omit<RankedRow, 'data'> & { data: RecordData }

export interface Findings {
  records: FoundRecord[]
  /** Of each object that something was found of, how many; at most so many are counted. */
  groups: { object: CompiledObject; found: number; more: boolean }[]
  /** The parts of words that were found, folded: for marking them. */
  parts: string[]
  /** Words that were searched for instead of mistyped ones. */
  meant: string[]
}

const nothing: Findings = { records: [], groups: [], parts: [], meant: [] }

/**
 * The records of all objects that the caller may read and means, the best match first. Each object shows its best ones
 * before the rest of any other. Without words it is what the caller opened lately.
 */
export async function searchEverything(context: RecordContext, text: string, limit: number): Promise<Findings> {
  const { words, conditions } = readWritten(text)
  const { model, policy, trail } = context
  const readable = model.objects.filter((object) => scopeOf(policy, object, 'read'))
  trail?.concerns(
    null,
    readable.some((object) => isProtected(model, object)),
  )
  const asked = askedOf(context, readable, conditions)
  if (asked.length === 0) return nothing
  const terms = termsOf(words, dayReaderOf(context))
  const objects = asked.map((one) => searchedObject(context, one, terms))
  if (terms.length === 0 && conditions.length === 0) return lately(context, objects, limit)
  const search = searchOf(context, objects, terms, words)
  const found = await candidatesOf(context.tx, search)
  if (found.ids.length > 0)
    return shown(context, best(search, found.ids, limit), search, (rank) => ranks[rank]!, found.cut)
  if (found.known) return nothing
  return similar(context, asked, search, limit)
}

function searchedObject(context: RecordContext, { object, filter }: AskedObject, terms: Term[]): SearchedObject {
  const { policy } = context
  const limits = [rowCondition(policy, scopeOf(policy, object, 'read')!, 'r'), atLocation(context, object, 'r')]
  const sees = (key: string | undefined) => key !== undefined && fieldAccess(policy, object, key) !== 'hidden'
  return {
    object,
    limits: [...limits.filter((limit) => limit !== undefined), ...whereVisible(context, object, terms)],
    wanted: filter ? [filterCondition(context, object, filter)] : [],
    sees: {
      title: sees(object.roles.title),
      email: sees(object.roles.email),
      phone: sees(object.roles.phone),
      text: seesAllText(policy, object),
    },
  }
}

function searchOf(context: RecordContext, objects: SearchedObject[], terms: Term[], words: string): Search {
  const { model, policy } = context
  const phone = parseOfType({ type: 'phone', optionByValue: new Map() }, words, valueContext(context))
  const phrase = foldText(words)
  return {
    tenantId: model.tenantId,
    userId: policy.userId,
    objects,
    terms,
    phrase,
    exact: {
      numbers: numbersOf(objects, words.trim()),
      emails: emailsOf(words.trim(), phrase),
      emailBegun: /^[^\s@]+[.@]\S*$/.test(phrase) ? phrase : null,
      phone: phone.ok ? (phone.value as string | null) : null,
    },
  }
}

/** An address may hold letters with accents, which stay in it. */
const emailsOf = (words: string, phrase: string): string[] =>
  /^\S+@\S+$/.test(words) ? [...new Set([phrase, words.toLowerCase()])] : []

const paddedTo = 6

/** What may be a record's number: as it stands, or the digits alone, which begin with zeros. */
function numbersOf(objects: SearchedObject[], words: string): string[] {
  if (/\s/.test(words)) return []
  const numbers = [words, words.toUpperCase()]
  if (/^\d{1,9}$/.test(words))
    numbers.push(...objects.map(({ object }) => `${object.numberPrefix}${words.padStart(paddedTo, '0')}`))
  return [...new Set(numbers)]
}

async function lately(context: RecordContext, objects: SearchedObject[], limit: number): Promise<Findings> {
  if (!context.policy.userId) return nothing
  return { ...(await shown(context, opened(context, objects, limit), { terms: [] }, () => 'opened')), groups: [] }
}

/** Where nothing is found, words of titles that are like the mistyped ones are searched for. */
async function similar(context: RecordContext, asked: AskedObject[], search: Search, limit: number): Promise<Findings> {
  const terms = await putRight(context, search.terms)
  if (!terms) return nothing
  const meant = { ...search, objects: asked.map((one) => searchedObject(context, one, terms)), terms }
  const found = await candidatesOf(context.tx, meant)
  if (found.ids.length === 0) return nothing
  const findings = await shown(context, best(meant, found.ids, limit), meant, () => 'similar', found.cut)
  const typed = new Set(partsOf(search.terms))
  const titles = foldText(findings.records.map(({ object, row }) => titleSeen(context, object, row)).join(' '))
  return { ...findings, meant: findings.parts.filter((part) => !typed.has(part) && titles.includes(part)) }
}

const titleSeen = ({ policy }: RecordContext, object: CompiledObject, row: FoundRow): string =>
  fieldAccess(policy, object, object.roles.title) === 'hidden' ? '' : row.title

/** The records that the statement reads, which ends the transaction; the log of operations has their ids. */
async function shown(
  { model, tx, trail }: RecordContext,
  statement: Statement,
  { terms }: Pick<Search, 'terms'>,
  foundBy: (rank: number) => FoundBy,
  cut: Set<string> = new Set(),
): Promise<Findings> {
  const rows = await tx.final<RankedRow>(trail?.carry(statement) ?? statement)
  const records = rows.flatMap((row): FoundRecord[] => {
    const object = model.objectById.get(row.object_id)
    if (!object) return []
    const data = fromStored(object, row.data) as RecordData
    return [{ object, rank: foundBy(row.rank), row: { ...row, data } }]
  })
  return { records, groups: groupsOf(records, cut), parts: partsOf(terms), meant: [] }
}

function groupsOf(records: FoundRecord[], cut: Set<string>): Findings['groups'] {
  const counts = new Map(records.map(({ object, row }) => [object, row.found]))
  return [...counts].map(([object, found]) => ({
    object,
    found: Math.min(found, mostOfObject),
    more: found >= mostOfObject || cut.has(object.id),
  }))
}
