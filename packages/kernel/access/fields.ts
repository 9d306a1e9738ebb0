/** Which fields the roles of a member show and let them change, and on which records. */
import type { CompiledField, CompiledObject, FieldAccess, TenantModel } from '../metadata/index.ts'
import { coversGrant, locationsOfSource, type RowGrant, rowGrant } from './reach.ts'
import { denialsOf, type GivenRole, type MemberRights, type RightSource } from './rights.ts'

const rank: Record<FieldAccess, number> = { hidden: 0, read: 1, write: 2 }
const higher = (a: FieldAccess, b: FieldAccess): FieldAccess => (rank[a] >= rank[b] ? a : b)
const lower = (a: FieldAccess, b: FieldAccess): FieldAccess => (rank[a] <= rank[b] ? a : b)

/** What one role or exception says of fields, and of which records. */
export interface FieldVoice {
  source: RightSource
  /** The records that it speaks of. */
  grant: RowGrant
  /** Whether those records are read because of it; who only adds a field adds it to records that others show. */
  reads: boolean
  /** Undefined where it says nothing of the field. */
  says(key: string): FieldAccess | undefined
}

/**
 * Who has a say in the fields of records. A role that reads records shows all of their fields but those it names, on
 * these records and no others. What names fields only, a single grant for instance, speaks of all records; records
 * that are read by a single grant only show what every role of the person shows.
 */
export function fieldVoices(model: TenantModel, object: CompiledObject, roles: GivenRole[]): FieldVoice[] {
  const held = roles.flatMap(({ source, objects }) => {
    const grant = objects[object.slug] ?? objects['*']
    return grant ? [{ source, grant }] : []
  })
  const readers = held.filter(({ source, grant }) => source.kind === 'role' && grant.read)
  const saidByAll = (key: string) =>
    readers.map(({ grant }) => grant.fields?.[key] ?? 'write').reduce<FieldAccess>(lower, 'write')
  return held.flatMap(({ source, grant }): FieldVoice[] => {
    const named = (key: string) => grant.fields?.[key]
    if (!grant.read) return grant.fields ? [{ source, grant: everywhere(source), reads: false, says: named }] : []
    const says = source.kind === 'role' ? (key: string) => named(key) ?? 'write' : saidByAll
    return rowGrant(model, object, grant.read, source).map((rows) => ({ source, grant: rows, reads: true, says }))
  })
}

const everywhere = (source: RightSource): RowGrant => ({ scope: 'all', locations: locationsOfSource(source), source })

export interface ExplainedField {
  access: FieldAccess
  /** Who gives exactly this access, or would if no denial stood against it. */
  by: RightSource[]
  limitedBy: RightSource | null
}

/** What the voices give together: they add up, and denials win. */
export function explainField(
  object: CompiledObject,
  field: CompiledField,
  voices: FieldVoice[],
  rights: MemberRights,
): ExplainedField {
  const said = (voice: FieldVoice) => voice.says(field.key)
  const best = voices.reduce<FieldAccess>((access, voice) => higher(access, said(voice) ?? 'hidden'), 'hidden')
  const by = voices.filter((voice) => said(voice) === best).map(({ source }) => source)
  const denials = denialsOf(rights, 'field', object.slug).filter(({ rule }) => rule.field === field.key)
  const denied = denials.toSorted((a, b) => rank[a.rule.access] - rank[b.rule.access])[0]
  const access = denied ? lower(best, denied.rule.access) : best
  return { access, by, limitedBy: denied && access !== best ? denied.source : null }
}

/** Fields that are not simply written and read, by key. */
export type LimitedFields = Map<string, FieldAccess>

/** Where records of one object differ in the fields that are seen or changed. */
export interface DifferingFields {
  voices: FieldVoice[]
  /** On the records that most is granted of. */
  best: LimitedFields
  /** On records of which these voices speak. */
  saidBy(voices: FieldVoice[]): LimitedFields
}

/** The fields as they are on every record that is read, and where some records show more. */
export function combineFields(
  object: CompiledObject,
  voices: FieldVoice[],
  rights: MemberRights,
): { fields: LimitedFields; differing?: DifferingFields } {
  const saidBy = (speaking: FieldVoice[]) =>
    limited(object, (field) => explainField(object, field, speaking, rights).access)
  const best = saidBy(voices)
  const together = voices
    .filter((voice) => voice.reads)
    .map((voice) => saidBy(voices.filter(({ grant }) => coversGrant(grant, voice.grant))))
  const accessIn = (fields: LimitedFields, { key }: CompiledField) => fields.get(key) ?? 'write'
  const fields = limited(object, (field) =>
    together.map((one) => accessIn(one, field)).reduce(lower, accessIn(best, field)),
  )
  const differ = object.fields.some((field) => accessIn(fields, field) !== accessIn(best, field))
  return differ ? { fields, differing: { voices, best, saidBy } } : { fields }
}

function limited(object: CompiledObject, accessOf: (field: CompiledField) => FieldAccess): LimitedFields {
  const accesses = object.fields.map((field) => [field.key, accessOf(field)] as const)
  return new Map(accesses.filter(([, access]) => access !== 'write'))
}
