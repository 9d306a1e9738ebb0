/** By which rules records of an object may be the same: those it was given, or such as its fields suggest. */
import { createHash } from 'node:crypto'
import type { FieldProblem } from '../../errors/index.ts'
import {
  type CompiledField,
  type CompiledObject,
  type DuplicateComparison,
  type DuplicateRule,
  type DuplicateSettings,
  storedKey,
} from '../../metadata/index.ts'

const textual = new Set(['text', 'longtext'])
const exact = new Set([
  'number',
  'integer',
  'boolean',
  'date',
  'datetime',
  'time',
  'duration',
  'select',
  'user',
  'rating',
])

/** How values of the field can be compared; none where they cannot. What is computed may change without being written. */
export function comparisonsOf(field: CompiledField): DuplicateComparison[] {
  if (field.computation || field.storage.kind === 'links') return []
  if (field.type === 'url' || field.type === 'email') return ['exact', 'normalised', 'domain']
  if (field.type === 'phone') return ['exact', 'normalised']
  if (textual.has(field.type)) return ['exact', 'normalised', 'similar']
  return exact.has(field.type) ? ['exact'] : []
}

const known = new WeakMap<CompiledObject, DuplicateSettings>()

/** The settings in force, without rules over fields that are no longer there. */
export function duplicateSettings(object: CompiledObject): DuplicateSettings {
  const remembered = known.get(object)
  if (remembered) return remembered
  const given = object.duplicates ?? suggestedSettings(object)
  const rules = given.rules.filter(({ parts }) =>
    parts.every(({ field, compare }) => {
      const found = object.field.get(field)
      return found !== undefined && comparisonsOf(found).includes(compare)
    }),
  )
  const settings = { ...given, rules: given.active === false ? [] : rules }
  known.set(object, settings)
  return settings
}

/** Who shares an e-mail is likely one person; a telephone is often shared by a family, so it takes a like name as well. */
export function suggestedSettings(object: CompiledObject): DuplicateSettings {
  const { title, email, phone } = object.roles
  const titled = textual.has(object.field.get(title)?.type ?? '')
  const born = object.fields.find(({ key, type }) => type === 'date' && /birth|born/.test(key))?.key
  const site = object.fields.find(({ type, computation }) => type === 'url' && !computation)?.key
  const rules: (DuplicateRule | false | undefined | '')[] = [
    email && { key: 'same_email', weight: 75, parts: [{ field: email, compare: 'normalised' }] },
    phone && { key: 'same_phone', weight: 60, parts: [{ field: phone, compare: 'normalised' }] },
    titled &&
      phone && { key: 'name_and_phone', weight: 85, parts: [similar(title), { field: phone, compare: 'normalised' }] },
    titled && born && { key: 'name_and_birth', weight: 90, parts: [similar(title), { field: born, compare: 'exact' }] },
    titled && site && { key: 'name_and_site', weight: 85, parts: [similar(title), { field: site, compare: 'domain' }] },
  ]
  return { threshold: 70, rules: rules.filter((rule) => typeof rule === 'object') }
}

const similar = (field: string): DuplicateRule['parts'][number] => ({ field, compare: 'similar' })

/**
 * Names what a rule compares, so that its keys stay when only its weight or name changes, or the name of a field; values
 * in another type are others.
 */
export function comparedBy({ field: fields }: Pick<CompiledObject, 'field'>, { parts }: DuplicateRule): string {
  const compared = parts.map(({ field, compare }) => ({ field: storedKey(fields.get(field)!), compare }))
  return createHash('sha256').update(JSON.stringify(compared)).digest('hex').slice(0, 12)
}

/** What is wrong with rules: keys that come twice, fields that are not there or cannot be compared like that. */
export function duplicateRuleProblems(object: Pick<CompiledObject, 'field'>, rules: DuplicateRule[]): FieldProblem[] {
  const keys = rules.map(({ key }) => key)
  return rules.flatMap((rule, index) => {
    const name = `rules[${index}]`
    const isTwice = keys.indexOf(rule.key) < index
    return [
      ...(isTwice ? [{ field: `${name}.key`, message: 'stands there already' }] : []),
      ...rule.parts.flatMap((part, at) => partProblems(object, part, `${name}.parts[${at}]`)),
    ]
  })
}

function partProblems(
  object: Pick<CompiledObject, 'field'>,
  { field, compare }: DuplicateRule['parts'][number],
  name: string,
): FieldProblem[] {
  const found = object.field.get(field)
  const compares = found ? comparisonsOf(found) : []
  if (compares.length === 0) {
    return [{ field: `${name}.field`, message: `“${field}” is not a field that can be compared` }]
  }
  if (compares.includes(compare)) return []
  return [{ field: `${name}.compare`, message: `“${field}” can be compared by ${compares.join(', ')}` }]
}
