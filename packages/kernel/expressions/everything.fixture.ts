/** Objects with a field of every type in every storage, and random records and filters over them. */
import fc from 'fast-check'
import { compileModel, type ModelRows } from '../metadata/compile.ts'
import type { CompiledField, CompiledObject, FieldRole, FieldType } from '../metadata/index.ts'
import { type Money, minorUnits, parseValue, type StoredValue, sortKey } from '../metadata/values/index.ts'
import type { Operator } from './filter.ts'
import { relativePeriods } from './periods.ts'

export const tenantId = '00000000-0000-7000-8000-000000000001'
const thingsId = '00000000-0000-7000-8000-000000000011'
const ownersId = '00000000-0000-7000-8000-000000000012'
const uuid = (group: string, n: number): string => `00000000-0000-7000-8000-${group}${String(n).padStart(8, '0')}`

export const people = [1, 2, 3].map((n) => uuid('0005', n))
const optionList = ['new', 'Open', 'ópen', 'won'].map((value) => ({ value, label: { en: value.toUpperCase() } }))

const roles: CompiledObject['roles'] = {
  title: 'name',
  stage: 'status',
  amount: 'price',
  startsAt: 'starts',
  endsAt: 'ends',
  dueAt: 'due',
  email: 'mail',
  phone: 'tel',
}
const typeOfRole: Record<FieldRole, FieldType> = {
  title: 'text',
  stage: 'select',
  amount: 'money',
  startsAt: 'datetime',
  endsAt: 'date',
  dueAt: 'datetime',
  email: 'email',
  phone: 'phone',
}
const slotTypes: FieldType[] = [
  'text',
  'number',
  'money',
  'date',
  'datetime',
  'boolean',
  'select',
  'user',
  'time',
  'url',
]
const dataTypes: FieldType[] = (
  'text longtext richtext number integer money percent boolean date datetime time duration select multiselect tags email ' +
  'phone url address user file rating checklist json'
).split(' ') as FieldType[]

type FieldRowOf = ModelRows['fields'][number]
let position = 0
const fieldRow = (objectId: string, key: string, type: FieldType, slot: number | null = null): FieldRowOf => ({
  id: uuid('0002', ++position),
  object_id: objectId,
  key,
  slot,
  position,
  definition: {
    label: { en: key },
    type,
    ...(type === 'select' || type === 'multiselect' ? { options: optionList } : {}),
    ...(type === 'relation'
      ? {
          relation: {
            object: key === 'owner' ? 'owners' : 'things',
            many: key !== 'owner',
            inverse: { key: key === 'owner' ? 'things' : 'otherwise', label: { en: 'x' } },
          },
        }
      : {}),
  },
})

const roleFields = Object.entries(roles).map(([role, key]) => fieldRow(thingsId, key, typeOfRole[role as FieldRole]))
const slotFields = slotTypes.map((type, index) => fieldRow(thingsId, `${type}_slot`, type, index + 1))
const dataFields = dataTypes.map((type) => fieldRow(thingsId, `${type}_data`, type))
const relationFields = [fieldRow(thingsId, 'owner', 'relation'), fieldRow(thingsId, 'others', 'relation')]
const ownerFields = [fieldRow(ownersId, 'name', 'text'), fieldRow(ownersId, 'score', 'number')]

/** Records may be too long in some stages. */
const rottingDays: Record<string, number> = { new: 0, Open: 5, won: 48 }
const pipelineOver = (key: string, field: string) => ({
  key,
  label: { en: key },
  field,
  stages: optionList.map((option) => ({ ...option, rottingDays: rottingDays[option.value] })),
})
const pipelines = [pipelineOver('main', 'status'), pipelineOver('care', 'select_data')]

const objectRow = (
  id: string,
  slug: string,
  definition: Pick<CompiledObject, 'roles'> & Partial<Pick<CompiledObject, 'pipelines'>>,
): ModelRows['objects'][number] => ({
  id,
  slug,
  position: 1,
  definition: { label: { en: slug }, labelPlural: { en: slug }, icon: 'box', numberPrefix: 'T-', ...definition },
})

export const model = compileModel({
  tenant: {
    id: tenantId,
    version: 1,
    name: 'T',
    slug: 't',
    plan: 'enterprise',
    locale: 'en',
    currency: 'AUD',
    time_zone: 'Australia/Sydney',
    template_slug: null,
    template_version: null,
    trial_ends_at: null,
    suspended_reason: null,
  },
  objects: [
    objectRow(thingsId, 'things', { roles, pipelines }),
    objectRow(ownersId, 'owners', { roles: { title: 'name' } }),
  ],
  fields: [...roleFields, ...slotFields, ...dataFields, ...relationFields, ...ownerFields],
  relations: [
    { id: uuid('0003', 1), from_object_id: thingsId, field_id: relationFields[0]!.id, to_object_id: ownersId },
    { id: uuid('0003', 2), from_object_id: thingsId, field_id: relationFields[1]!.id, to_object_id: thingsId },
  ],
  roles: [],
  locations: [],
  networks: [],
})
export const things = model.object.get('things')!
export const owners = model.object.get('owners')!

/** Letters that fold together, need escaping somewhere, or are one character in two spellings. */
const letters = [
  'a',
  'A',
  'á',
  'a\u0301',
  'b',
  'ß',
  'ẞ',
  'Σ',
  'ς',
  'ﬁ',
  'İ',
  'Ж',
  '%',
  '_',
  '\\',
  '"',
  "'",
  ' ',
  '𐐀',
  '👍',
  'ि',
  '1',
]
const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
const days = [
  '0001-01-01',
  '2026-10-03',
  '2026-10-04',
  '2026-10-05',
  '2026-11-20',
  '2026-11-21',
  '2026-12-31',
  '9999-12-31',
]
const moments = [
  '2026-10-03T14:00:00.000Z',
  '2026-10-03T13:59:59.999Z',
  '2026-11-20T13:00:00Z',
  '2026-11-21T12:59:59.999Z',
  '9999-12-31T23:59:59.999Z',
]
const amounts = ['0', '-0.5', '1', '1.5', '100', '12.25', '999999999999999.99']
const numbers = fc.oneof(
  fc.constantFrom(0, 1, -1, 1.5, 100, 12.25, -12.25, 1e300, 5e-324),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const whole = fc.constantFrom(0, 1, 2, 3, 90)

/** What a caller may give for a field of each type; few values, so that records and filters meet. */
const inputs: Partial<Record<FieldType, fc.Arbitrary<unknown>>> = {
  text: word,
  longtext: word,
  richtext: word.map((text) => `<p>${text}</p><b>x</b>`),
  number: numbers,
  integer: fc.constantFrom(-5, 0, 1, 2, 2 ** 53 - 1),
  money: fc.oneof(
    fc.constantFrom(...amounts),
    fc.constantFrom('1', '100').map((amount) => ({ amount, currency: 'JPY' })),
  ),
  percent: numbers,
  boolean: fc.boolean(),
  date: fc.constantFrom(...days),
  datetime: fc.constantFrom(...moments),
  time: fc.constantFrom('00:00', '09:30', '09:30:15', '23:59'),
  duration: whole,
  select: fc.constantFrom(...optionList.map((option) => option.value)),
  multiselect: fc.subarray(optionList.map((option) => option.value)),
  tags: fc.array(word, { maxLength: 3 }),
  email: fc.constantFrom('a@b.co', 'á@b.co', 'b@b.co'),
  phone: fc.constantFrom('+61293744000', '+61412345678', '+34612345678'),
  url: fc.constantFrom('https://a.co', 'https://A.co/b', 'http://a.co'),
  address: fc.record({ street: word, city: word }, { requiredKeys: [] }),
  user: fc.constantFrom(...people),
  file: fc.constant({ id: uuid('0006', 1), name: 'a.pdf', size: 1, type: 'x/y' }),
  rating: fc.constantFrom(0, 1, 5),
  checklist: fc.constantFrom([{ text: 'a', done: true }], [{ text: 'a' }, { text: 'b' }], []),
  json: fc.constantFrom({ a: 1 }, [1], [], 'x', 0, false),
}

const values = { currency: model.currency, timeZone: model.timeZone, today: '2026-11-21' }
const canonical = (field: CompiledField, input: unknown): StoredValue | null => {
  const parsed = parseValue(field, input, values)
  return parsed.ok ? parsed.value : null
}

/** A record as the API gives it. */
export type ThingRecord = Record<string, unknown> & { id: string }

const createdTimes = fc.constantFrom(...moments.slice(0, 4).map((text) => new Date(text).toISOString()))

export function recordsOf(object: CompiledObject, group: string, count: number, seed: number): ThingRecord[] {
  const fields = object.fields.filter((field) => field.type !== 'relation')
  const entries = fields.map((field) => [
    field.key,
    fc.option(inputs[field.type]!, { freq: 3 }).map((input) => canonical(field, input)),
  ])
  const system = {
    ownerId: fc.option(fc.constantFrom(...people)),
    createdAt: createdTimes,
    stageSince: fc.option(createdTimes),
    version: fc.constantFrom(1, 2, 7),
    careSince: fc.option(createdTimes),
  }
  const records = fc.sample(fc.record({ ...Object.fromEntries(entries), ...system }), { numRuns: count, seed })
  return records.map((record, index) => ({
    ...(record as Record<string, unknown>),
    ...stayOf(object, record),
    id: uuid(group, index),
    recordNumber: `T-${index}`,
    locationId: null,
    deletedAt: null,
  }))
}

/** Since when a record is in its stage: since it was made, where it has not moved; of one in no stage nothing is known. */
function stayOf({ roles }: CompiledObject, record: Record<string, unknown>): Record<string, unknown> {
  const { createdAt, stageSince: movedAt, careSince } = record
  if (roles.stage === undefined) return {}
  const care = record.select_data === null ? null : (careSince ?? createdAt)
  return { movedAt, stageSince: record[roles.stage] === null ? null : (movedAt ?? createdAt), 'stageSince.care': care }
}

/** The columns that the record store fills for a record. */
const care = things.field.get('select_data')!

export function rowOf(object: CompiledObject, record: ThingRecord): Record<string, unknown> {
  const row: Record<string, unknown> = {
    tenant_id: tenantId,
    object_id: object.id,
    id: record.id,
    version: record.version,
    record_number: record.recordNumber,
    owner_id: record.ownerId,
    created_at: record.createdAt,
    stage_since: record.movedAt ?? null,
    updated_at: record.createdAt,
    stages_since: object === things && record.careSince ? { [care.id]: record.careSince } : {},
    title_key: '',
  }
  const data: Record<string, unknown> = {}
  for (const field of object.fields) {
    const value = record[field.key] as StoredValue | null
    if (value === null || field.storage.kind === 'links') continue
    data[field.key] = value
    if (field.storage.kind === 'slot') row[field.storage.column] = sortKey(field, value)
    if (field.storage.kind === 'role') Object.assign(row, roleColumns(field, value))
  }
  return { ...row, data: JSON.stringify(data) }
}

function roleColumns(field: CompiledField, value: StoredValue): Record<string, unknown> {
  const column = field.storage.kind === 'role' ? field.storage.column : ''
  if (column === 'title') return { title: value, title_key: sortKey({ type: 'text' }, value) }
  if (field.type === 'money')
    return { amount_minor: String(minorUnits(value as Money)), currency: (value as Money).currency }
  return { [column]: field.type === 'date' ? `${value}T00:00:00Z` : value }
}

const single: Operator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'contains', 'startsWith', 'empty', 'notEmpty']
const relative = fc
  .record({ relative: fc.constantFrom(...relativePeriods), n: fc.constantFrom(1, 30, 400) })
  .map(({ relative, n }) => (relative.endsWith('NDays') ? { relative, n } : { relative }))

function operandOf(type: FieldType): fc.Arbitrary<unknown> {
  const input = inputs[type] ?? word
  if (type === 'date') return fc.oneof(input, relative)
  if (type === 'datetime') return fc.oneof(input, relative, fc.constantFrom(...days))
  if (type === 'user') return fc.oneof(input, fc.constant({ me: true }))
  if (type === 'multiselect') return inputs.select!
  return type === 'tags' ? word : input
}

function conditionOn(name: string, type: FieldType): fc.Arbitrary<unknown> {
  const operand = operandOf(type)
  const searched = fc.oneof(word, fc.constantFrom('612', 'co', 'P', 'T-1'))
  const one = fc.constantFrom(...single).chain((op) =>
    fc.record({
      field: fc.constant(name),
      op: fc.constant(op),
      value: (op === 'contains' || op === 'startsWith') && type !== 'multiselect' ? searched : operand,
    }),
  )
  const presence = fc.record({
    field: fc.constant(name),
    op: fc.constantFrom('empty', 'notEmpty', 'eq', 'ne'),
    value: fc.constant(null),
  })
  const several = fc.record({
    field: fc.constant(name),
    op: fc.constantFrom('in', 'nin'),
    value: fc.array(operand, { minLength: 1, maxLength: 3 }),
  })
  const between = fc.record({
    field: fc.constant(name),
    op: fc.constant('between'),
    value: fc.tuple(operand, operand),
  })
  return fc.oneof({ weight: 4, arbitrary: one }, { weight: 1, arbitrary: presence }, several, between)
}

const names: [name: string, type: FieldType][] = [
  ...things.fields
    .filter((field) => field.type !== 'relation')
    .map((field): [string, FieldType] => [field.key, field.type]),
  ['title', 'text'],
  ['stage', 'select'],
  ['recordNumber', 'text'],
  ['ownerId', 'user'],
  ['createdAt', 'datetime'],
  ['stageSince', 'datetime'],
  ['version', 'integer'],
  ['stageSince.care', 'datetime'],
]
const pathNames: [name: string, type: FieldType][] = [
  ['owner.name', 'text'],
  ['owner.score', 'number'],
  ['owner.things.date_slot', 'date'],
  ['others.status', 'select'],
  ['others.others.number_data', 'number'],
  ['otherwise.owner.createdAt', 'datetime'],
]
const relatedIds = fc.constantFrom(uuid('0008', 0), uuid('0008', 1), uuid('0007', 0), uuid('0007', 1))
const onRelation = fc.record({
  field: fc.constantFrom('owner', 'others', 'otherwise', 'others.owner'),
  op: fc.constantFrom('eq', 'ne', 'empty', 'notEmpty'),
  value: relatedIds,
})

const onStay = fc.oneof(
  fc.record({
    field: fc.constantFrom('stageAge', 'stageAge.care'),
    op: fc.constantFrom('eq', 'gt', 'gte', 'lt', 'lte', 'empty', 'notEmpty'),
    value: fc.constantFrom(0, 1, 5, 48, 49, 500),
  }),
  fc.record({ field: fc.constant('stageAge'), op: fc.constant('between'), value: fc.constantFrom([0, 1], [1, 48]) }),
  fc.record({
    field: fc.constantFrom('rotting', 'rotting.care', 'rotting.main'),
    op: fc.constantFrom('eq', 'ne'),
    value: fc.boolean(),
  }),
)

/** Any filter on things; some ask what a type cannot answer and are refused when read. */
export const anyFilter: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  leaf: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...names).chain(([name, type]) => conditionOn(name, type)) },
    { weight: 2, arbitrary: fc.constantFrom(...pathNames).chain(([name, type]) => conditionOn(name, type)) },
    { weight: 1, arbitrary: onRelation },
    { weight: 1, arbitrary: onStay },
  ),
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 4, arbitrary: tie('leaf') },
    { weight: 1, arbitrary: fc.record({ and: fc.array(tie('node'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ or: fc.array(tie('node'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('node') }) },
  ),
})).node
