import type { FieldDefinition, FieldRules, FieldType } from '@oneforge/kernel/metadata'
import { RE2JS } from 're2js'
import type { CatalogueEntry } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import type { Report } from './problem.ts'
import { unwritableTypes, valueProblem } from './values.ts'

const reservedKeys = ['id', 'object', 'version', 'links']
// Words of the query string: `?status=New&sort=-createdAt` would not know which of the two is meant.
const queryWords = ['sort', 'fields', 'search', 'page', 'limit', 'cursor', 'filter', 'include']

const mostSortableFields = 10
const sortableTypes: FieldType[] = [
  ...(['text', 'number', 'integer', 'money', 'percent', 'boolean', 'date', 'datetime', 'time'] as const),
  ...(['duration', 'select', 'email', 'phone', 'url', 'user', 'rating', 'autonumber', 'formula', 'rollup'] as const),
]
const searchableTypes: FieldType[] = [
  'text',
  'longtext',
  'richtext',
  'email',
  'phone',
  'url',
  'autonumber',
  'address',
  'tags',
]
const uniqueTypes: FieldType[] = ['text', 'email', 'phone', 'url', 'number', 'integer', 'autonumber']

const textTypes: FieldType[] = ['text', 'longtext', 'richtext', 'email', 'phone', 'url']
const numberTypes: FieldType[] = ['number', 'integer', 'money', 'percent', 'duration', 'rating']
const dateTypes: FieldType[] = ['date', 'datetime']
const listTypes: FieldType[] = ['multiselect', 'tags', 'relation', 'file']
const typesOfRule: Record<keyof FieldRules, FieldType[]> = {
  minLength: textTypes,
  maxLength: textTypes,
  pattern: textTypes,
  patternMessage: textTypes,
  min: numberTypes,
  max: numberTypes,
  decimals: numberTypes,
  notBefore: dateTypes,
  notAfter: dateTypes,
  minItems: listTypes,
  maxItems: listTypes,
}

/** An object's fields: names, what each type needs and refuses, defaults. */
export function checkFields({ definition, path }: CatalogueEntry, report: Report): void {
  checkUnique(
    definition.fields.map(({ key }, index) => ({ value: key, path: `${path}.fields[${index}].key` })),
    'a field of this object',
    report,
  )
  const stageFields = definition.pipelines?.map(({ field }) => field) ?? []
  for (const [index, field] of definition.fields.entries()) {
    const fieldPath = `${path}.fields[${index}]`
    checkKey(field, fieldPath, stageFields, report)
    checkNeeds(field, fieldPath, report)
    checkFlags(field, fieldPath, report)
    checkRules(field, fieldPath, report)
    checkDefault(field, fieldPath, report)
  }
  const sortable = definition.fields.filter((field) => field.sortable).length
  if (sortable > mostSortableFields) {
    report(`${path}.fields`, `${sortable} fields are sortable; at most ${mostSortableFields} can be kept in order`)
  }
}

function checkKey({ key, type }: FieldDefinition, path: string, stageFields: string[], report: Report): void {
  if (reservedKeys.includes(key))
    report(`${path}.key`, `"${key}" is an attribute that every record has; choose another key`)
  if (queryWords.includes(key))
    report(`${path}.key`, `"${key}" has a meaning of its own in lists (?${key}=…); choose another key`)
  if (key === 'stage' && !(type === 'select' && stageFields.includes(key))) {
    report(`${path}.key`, '"stage" is kept for the select field that a pipeline names; choose another key')
  }
}

/** What comes with which type: options with selects, a relation with relations, a computation with computed fields. */
function checkNeeds(field: FieldDefinition, path: string, report: Report): void {
  const attachments: { name: 'options' | 'relation' | 'computed' | 'currency'; types: FieldType[]; needed: boolean }[] =
    [
      { name: 'options', types: ['select', 'multiselect'], needed: true },
      { name: 'relation', types: ['relation'], needed: true },
      { name: 'computed', types: ['formula', 'lookup', 'rollup'], needed: true },
      { name: 'currency', types: ['money'], needed: false },
    ]
  for (const { name, types, needed } of attachments) {
    const belongs = types.includes(field.type)
    if (belongs && needed && field[name] === undefined)
      report(`${path}.${name}`, `is missing; a ${field.type} field needs it`)
    if (!belongs && field[name] !== undefined) {
      report(`${path}.${name}`, `does not suit a ${field.type} field; only ${types.join(' and ')} fields have it`)
    }
  }
  const options = field.options ?? []
  checkUnique(
    options.map(({ value }, index) => ({ value, path: `${path}.options[${index}].value` })),
    'an option of this field',
    report,
  )
}

function checkFlags(field: FieldDefinition, path: string, report: Report): void {
  const allowed = { sortable: sortableTypes, searchable: searchableTypes, unique: uniqueTypes } as const
  for (const flag of ['sortable', 'searchable', 'unique'] as const) {
    if (field[flag] && !allowed[flag].includes(field.type))
      report(`${path}.${flag}`, `a ${field.type} field cannot be ${flag}`)
  }
}

function checkRules({ type, rules = {} }: FieldDefinition, path: string, report: Report): void {
  for (const rule of Object.keys(rules) as (keyof FieldRules)[]) {
    if (!typesOfRule[rule].includes(type)) report(`${path}.rules.${rule}`, `does not suit a ${type} field`)
  }
  const spans = [
    { low: rules.min, high: rules.max, name: 'max' },
    { low: rules.minLength, high: rules.maxLength, name: 'maxLength' },
    { low: rules.minItems, high: rules.maxItems, name: 'maxItems' },
  ]
  for (const { low, high, name } of spans) {
    if (low !== undefined && high !== undefined && low > high) {
      report(`${path}.rules.${name}`, `${high} is less than the lower limit, ${low}`)
    }
  }
  if (rules.pattern !== undefined && !compiles(rules.pattern)) {
    report(
      `${path}.rules.pattern`,
      `"${rules.pattern}" is not a regular expression of RE2 (no look-around, no back-references)`,
    )
  }
}

function compiles(pattern: string): boolean {
  try {
    RE2JS.compile(pattern)
    return true
  } catch {
    return false
  }
}

function checkDefault(field: FieldDefinition, path: string, report: Report) {
  if (field.default === undefined) return
  if (field.type === 'relation' || unwritableTypes.includes(field.type)) {
    return report(`${path}.default`, `a ${field.type} field cannot have a default`)
  }
  const problem = valueProblem(field, field.default)
  if (problem) report(`${path}.default`, problem)
}
