/** What written conditions ask of each object, by the names that its fields, options and relations have here. */
import { atBest, fieldAccess, filterAccess } from '../../access/index.ts'
import { type FieldProblem, validationError } from '../../errors/index.ts'
import { type Filter, parseFilter } from '../../expressions/index.ts'
import type { CompiledField, CompiledObject, LocalizedText } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { closest } from './spelling.ts'
import {
  attributeNames,
  meNames,
  nameOf,
  noNames,
  nothingNames,
  objectNames,
  periodNamed,
  yesNames,
} from './vocabulary.ts'
import type { WrittenCondition } from './written.ts'

export interface AskedObject {
  object: CompiledObject
  filter: Filter | undefined
}

/** Thrown and caught inside this file only: the object knows the name, but not like this. */
class Misfit extends Error {}

/**
 * The objects that know all of the conditions, with their filters. An object that does not know a name is left out of the
 * search; what none of them understands is refused, with what is wrong and what would be right.
 */
export function askedOf(
  context: RecordContext,
  objects: CompiledObject[],
  conditions: WrittenCondition[],
): AskedObject[] {
  const [narrowing, comparing] = [conditions.filter(isNarrowing), conditions.filter((one) => !isNarrowing(one))]
  const meant = narrowing.reduce(narrowed, objects)
  if (comparing.length === 0) return meant.map((object) => ({ object, filter: undefined }))
  const unknown = comparing.find((condition) => !meant.some((object) => knows(context, object, condition)))
  if (unknown) throw refused(unknownName(context, meant, unknown))
  const problems: string[] = []
  const asked = meant.flatMap((object): AskedObject[] => {
    if (!comparing.every((condition) => knows(context, object, condition))) return []
    const filter = filterOf(context, object, comparing)
    if (typeof filter !== 'string') return [{ object, filter }]
    problems.push(filter)
    return []
  })
  if (asked.length > 0) return asked
  throw refused(
    problems[0] ??
      `No kind of record has all of ${comparing.map(({ name }) => `“${name}”`).join(', ')}. Leave one out.`,
  )
}

const refused = (message: string): Error => validationError([{ field: 'q', message }] satisfies FieldProblem[])

const isNarrowing = ({ name, comparison }: WrittenCondition): boolean =>
  objectNames.has(nameOf(name)) && (comparison === 'is' || comparison === 'not')

const isCalled = (texts: (string | LocalizedText | undefined)[], name: string): boolean =>
  texts
    .flatMap((text) => (typeof text === 'object' ? Object.values(text) : (text ?? [])))
    .some((text) => nameOf(text) === name)

function narrowed(objects: CompiledObject[], { source, values, comparison }: WrittenCondition): CompiledObject[] {
  if (values.length === 0)
    throw refused(`“${source}” says no object. Write for example object:${objects[0]?.slug ?? 'contacts'}.`)
  const named = values.map((value) => {
    const found = objects.filter(({ slug, label, labelPlural }) => isCalled([slug, label, labelPlural], nameOf(value)))
    if (found.length > 0) return found
    throw refused(`There is no object “${value}”. There are ${objects.map(({ slug }) => slug).join(', ')}.`)
  })
  const meant = new Set(named.flat())
  return objects.filter((object) => meant.has(object) === (comparison === 'is'))
}

/** The caller's fields of the object under that name; a key is preferred to a label. */
function fieldCalled(context: RecordContext, object: CompiledObject, written: string): CompiledField | undefined {
  const name = nameOf(written)
  const seen = seenFields(context, object)
  return seen.find(({ key }) => nameOf(key) === name) ?? seen.find(({ label }) => isCalled([label], name))
}

function seenFields({ policy }: RecordContext, object: CompiledObject): CompiledField[] {
  const best = atBest(policy)
  return object.fields.filter(({ key }) => fieldAccess(best, object, key) !== 'hidden')
}

/** The name as filters have it: a field's key, or an attribute that every record has. */
function filterName(context: RecordContext, object: CompiledObject, written: string): string | undefined {
  const field = fieldCalled(context, object, written)
  if (field) return field.key
  const attribute = attributeNames.get(nameOf(written))
  if (attribute !== 'stage' && attribute !== 'title') return attribute
  const key = object.roles[attribute]
  return seenFields(context, object).find((field) => field.key === key)?.key
}

const knows = (context: RecordContext, object: CompiledObject, { name }: WrittenCondition): boolean =>
  filterName(context, object, name) !== undefined

function unknownName(context: RecordContext, objects: CompiledObject[], { source, name }: WrittenCondition): string {
  const known = [
    ...objects.flatMap((object) => seenFields(context, object).map(({ key }) => key)),
    'object',
    'owner',
    'created',
    'updated',
    'stage',
  ]
  const written = nameOf(name)
  const [nearest] = written.length < 3 ? [] : closest(written, [...new Set(known.map(nameOf))])
  const meant = known.find((key) => nameOf(key) === nearest)
  const hint = meant
    ? `Did you mean ${meant}?`
    : `To search for the words, put them in quotes: "${source.replaceAll('"', '')}"`
  return `“${name}” is not a field here. ${hint}`
}

/** The conditions as one filter, or what is wrong with the first wrong one. */
function filterOf(context: RecordContext, object: CompiledObject, conditions: WrittenCondition[]): Filter | string {
  try {
    const filters = conditions.map((condition) => {
      const input = conditionOf(context, object, condition)
      const parsed = parseFilter(input, object, context.model, filterAccess(context.policy, context.model))
      if ('filter' in parsed) return parsed.filter
      throw new Misfit(`“${condition.source}”: ${condition.name} ${parsed.problems[0]!.message}.`)
    })
    return { and: filters }
  } catch (error) {
    if (error instanceof Misfit) return error.message
    throw error
  }
}

function conditionOf(context: RecordContext, object: CompiledObject, condition: WrittenCondition): unknown {
  const { name, values, comparison, quoted, source } = condition
  if (values.length === 0)
    throw new Misfit(`“${source}” has no value yet. Write for example ${name}:${example(context, object, name)}.`)
  const field = fieldCalled(context, object, name) ?? object.field.get(filterName(context, object, name)!)
  const key = filterName(context, object, name)!
  const each = values.map((value) => {
    if (!quoted && comparison === 'is' && nothingNames.has(nameOf(value))) return { field: key, op: 'empty' }
    if (field?.type === 'relation') return { field: `${key}.title`, op: 'contains', value }
    return comparisonOf(key, comparison, meantValue(field, key, value, quoted), holdsText(field, key))
  })
  const any = each.length === 1 ? each[0] : { or: each }
  return comparison === 'not' ? { not: any } : any
}

const texts = new Set(['text', 'longtext', 'richtext', 'email', 'phone', 'url', 'address'])

const holdsText = (field: CompiledField | undefined, key: string): boolean =>
  field ? texts.has(field.type) : key === 'recordNumber'

const comparisonOf = (
  field: string,
  comparison: WrittenCondition['comparison'],
  value: unknown,
  isText: boolean,
): unknown => {
  if (comparison !== 'is' && comparison !== 'not') return { field, op: comparison, value }
  return { field, op: isText ? 'contains' : 'eq', value }
}

const momentNames = new Set(['createdAt', 'updatedAt'])
const personNames = new Set(['ownerId', 'createdBy'])

/** The value in the words of the filter language. */
function meantValue(field: CompiledField | undefined, key: string, value: string, quoted: boolean): unknown {
  const type = field?.type
  if (type === 'date' || type === 'datetime' || momentNames.has(key)) return (!quoted && periodNamed(value)) || value
  if (type === 'user' || personNames.has(key)) return personOf(key, value)
  if (type === 'boolean') return yesNames.has(nameOf(value)) ? true : noNames.has(nameOf(value)) ? false : value
  if (field && field.optionByValue.size > 0) return optionOf(field, value)
  return value
}

function personOf(key: string, value: string): unknown {
  if (meNames.has(nameOf(value))) return { me: true }
  throw new Misfit(
    `“${value}” cannot be looked for here. Write ${key === 'ownerId' ? 'owner' : key}:me or ${key === 'ownerId' ? 'owner' : key}:none.`,
  )
}

function optionOf(field: CompiledField, value: string): string {
  const options = [...field.optionByValue.values()]
  const found =
    options.find((option) => isCalled([option.value, option.label], nameOf(value))) ??
    options.find((option) => Object.values(option.label).some((label) => nameOf(label).endsWith(nameOf(value))))
  if (found) return found.value
  const known = options
    .slice(0, 8)
    .map((option) => option.value)
    .join(', ')
  throw new Misfit(`“${value}” is no value of ${field.label.en}. There are ${known}${options.length > 8 ? ', …' : ''}.`)
}

function example(context: RecordContext, object: CompiledObject, name: string): string {
  const field = object.field.get(filterName(context, object, name) ?? '')
  const [option] = field?.optionByValue.keys() ?? []
  if (option) return option.includes(' ') ? `"${option}"` : option
  const type = field?.type
  if (type === 'date' || type === 'datetime' || momentNames.has(filterName(context, object, name)!)) return 'this-week'
  if (type === 'user' || personNames.has(filterName(context, object, name)!)) return 'me'
  return 'none'
}
