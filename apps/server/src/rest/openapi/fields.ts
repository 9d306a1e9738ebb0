/** Fields of a tenant's objects as JSON Schemas: as records show them, as callers send them, and an example of each. */
import {
  anyObject,
  type CompiledField,
  type CompiledRelation,
  type FieldRules,
  type FieldType,
  inLocale,
  isSetBySystem,
} from '@oneforge/kernel/metadata'
import { isDefaultFormula } from '@oneforge/kernel/records'
import { type JsonSchema, nullable, refTo } from './schemas.ts'

const text: JsonSchema = { type: 'string' }
const uuid: JsonSchema = { type: 'string', format: 'uuid' }

const ofType: Record<FieldType, JsonSchema> = {
  text,
  longtext: text,
  richtext: { type: 'string', contentMediaType: 'text/html' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  money: refTo('Money'),
  percent: { type: 'number', description: '12.5 is 12.5 %.' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  time: { type: 'string', pattern: '^\\d{2}:\\d{2}(:\\d{2})?$' },
  duration: { type: 'integer', description: 'Minutes.' },
  select: text,
  multiselect: { type: 'array', items: text },
  tags: { type: 'array', items: text },
  email: { type: 'string', format: 'email' },
  phone: { type: 'string', description: 'With country code: +34612345678.' },
  url: { type: 'string', format: 'uri' },
  address: refTo('Address'),
  user: { ...uuid, description: 'Id of a member.' },
  relation: refTo('RecordLink'),
  file: refTo('FileValue'),
  rating: { type: 'integer', minimum: 0, maximum: 5 },
  checklist: {
    type: 'array',
    maxItems: 200,
    items: {
      type: 'object',
      properties: { id: text, text: { type: 'string', maxLength: 500 }, done: { type: 'boolean' } },
      required: ['text'],
    },
  },
  autonumber: text,
  formula: {},
  lookup: {},
  rollup: {},
  json: {},
}

export const isWritable = (field: CompiledField): boolean => !isSetBySystem(field)

const takesSeveral = ({ relation, rules }: CompiledField): boolean => relation?.many ?? rules?.several ?? false

/** The field as answers hold it; absent values are null. */
export function readSchema(field: CompiledField, locale: string, isReadOnly: boolean): JsonSchema {
  const base = withOptions(field, ofType[field.type])
  const value = takesSeveral(field) ? { type: 'array', items: base } : base
  return {
    ...nullable(value),
    ...description(field, locale, base),
    ...(isReadOnly || !isWritable(field) ? { readOnly: true } : {}),
  }
}

/** Whether every record has a value: a field that is hidden at times has none then. */
export const isAlwaysRequired = (field: CompiledField): boolean =>
  field.required === true && field.conditions?.visible === undefined

/** The field as requests hold it: relations by id, limits as the field's rules have them. */
export function writeSchema(field: CompiledField, locale: string): JsonSchema {
  const isId = field.type === 'relation' || field.type === 'file'
  const base = isId ? uuid : withOptions(field, ofType[field.type])
  const value = { ...(takesSeveral(field) ? { type: 'array', items: base } : base), ...limits(field.rules ?? {}) }
  return {
    ...(isAlwaysRequired(field) ? value : nullable(value)),
    ...description(field, locale, base),
    ...(field.default === undefined || isDefaultFormula(field.default) ? {} : { default: field.default }),
  }
}

function withOptions(field: CompiledField, schema: JsonSchema): JsonSchema {
  const values = [...field.optionByValue.keys()]
  if (values.length === 0) return schema
  if (field.type === 'select') return { ...schema, enum: values }
  return field.type === 'multiselect' ? { ...schema, items: { type: 'string', enum: values } } : schema
}

function description(field: CompiledField, locale: string, schema: JsonSchema): JsonSchema {
  const parts = [
    inLocale(field.label, locale),
    field.help && inLocale(field.help, locale),
    schema.description,
    field.relation && pointsAt([field.relation.object, ...(field.relation.others ?? [])], field.relation.many),
  ]
  return { description: parts.filter(Boolean).join(' – ') }
}

const pointsAt = (slugs: string[], many?: boolean): string =>
  `${many ? 'Records' : 'A record'} of ${slugs.includes(anyObject) ? 'any object' : slugs.join(' or ')}.`

/** A relation that other records hold, as requests name it from its other side. */
export function inverseSchema(relation: CompiledRelation, locale: string): JsonSchema {
  const value = relation.many ? { type: 'array', items: uuid } : uuid
  const parts = [inLocale(relation.label, locale), pointsAt([relation.object], relation.many)]
  return { ...nullable(value), description: parts.join(' – ') }
}

/** Patterns are RE2 and must match the whole value. */
function limits(rules: FieldRules): JsonSchema {
  const { minLength, maxLength, min, max, minItems, maxItems, pattern } = rules
  const found = {
    minLength,
    maxLength,
    minimum: min,
    maximum: max,
    minItems,
    maxItems,
    pattern: pattern && `^(?:${pattern})$`,
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

const placeholderId = '0190a000-0000-7000-8000-000000000000'

const exampleOfType: Partial<Record<FieldType, unknown>> = {
  richtext: '<p>Text</p>',
  number: 12.5,
  integer: 12,
  percent: 12.5,
  boolean: true,
  date: '1990-04-30',
  datetime: '2026-04-30T09:30:00Z',
  time: '09:30',
  duration: 30,
  tags: ['new'],
  email: 'ann@example.com',
  phone: '+34612345678',
  url: 'https://example.com',
  address: { street: '1 Main Street', city: 'Sydney', country: 'AU' },
  user: placeholderId,
  relation: placeholderId,
  rating: 4,
  checklist: [{ text: 'Call back', done: false }],
  json: {},
}

/** A value that the field takes; for relations and users the id of one that exists has to be put in. */
export function exampleOf(field: CompiledField): unknown {
  const [first] = field.optionByValue.keys()
  if (field.type === 'select') return first
  if (field.type === 'multiselect') return [first]
  if (field.type === 'money') return { amount: '120.50', currency: field.currency ?? 'EUR' }
  if (field.type === 'relation' && field.relation?.many) return [placeholderId]
  const { min } = field.rules ?? {}
  const value = exampleOfType[field.type] ?? field.label.en
  return typeof value === 'number' && min !== undefined && value < min ? min : value
}
