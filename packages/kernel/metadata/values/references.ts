/** user, relation and file: values that point at something else. That it exists is checked by who stores them. */
import { checkCount, parseList } from './choices.ts'
import {
  accept,
  isObject,
  type Parsed,
  refuse,
  type StoredValue,
  type ValueField,
  type ValueType,
} from './value-type.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id, or an object as reading gives it: `{id, …}`. */
function parseId(input: unknown, what: string): Parsed<string> {
  const id = isObject(input) ? input.id : input
  const text = typeof id === 'string' ? id.trim().toLowerCase() : undefined
  if (text === '') return accept<string>(null)
  if (text === undefined || !uuid.test(text)) return refuse(`must be the id of a ${what} (a UUID)`)
  return accept(text)
}

export const user: ValueType = {
  parse: (input) => parseId(input, 'user'),
  sortKey: (value) => value as string,
  search: () => '',
  display: (value) => value as string,
  rules: ['exclusive'],
}

function parseRelation(input: unknown, field: ValueField): Parsed {
  const parseOne = (item: unknown): Parsed<string> => parseId(item, 'record')
  if (!field.relation?.many) return Array.isArray(input) ? refuse('must be one record, not a list') : parseOne(input)
  return parseList(Array.isArray(input) ? input : [input], 'record ids', parseOne)
}

/** Titles where the value is as reading gives it, ids where it is as stored. */
const titlesOf = (value: StoredValue): string =>
  [value]
    .flat()
    .map((item) => (isObject(item) ? String(item.title ?? item.id) : String(item)))
    .join(', ')

const countRelated = checkCount(1_000)

export const relation: ValueType = {
  parse: parseRelation,
  check: (value, field) => (Array.isArray(value) ? countRelated(value, field) : undefined),
  search: () => '',
  display: titlesOf,
  rules: ['minItems', 'maxItems', 'exclusive'],
}

function parseFile(input: unknown, field: ValueField): Parsed {
  const parseOne = (item: unknown): Parsed<string> => parseId(item, 'file')
  if (!field.rules?.several) return Array.isArray(input) ? refuse('must be one file, not a list') : parseOne(input)
  return parseList(Array.isArray(input) ? input : [input], 'file ids', parseOne)
}

/** Names where the value is as reading gives it, ids where it is as stored. */
const namesOf = (value: StoredValue): string =>
  [value]
    .flat()
    .map((item) => (isObject(item) ? String(item.name ?? item.id) : String(item)))
    .join(', ')

const countFiles = checkCount(50)

export const file: ValueType = {
  parse: parseFile,
  check: (value, field) => (Array.isArray(value) ? countFiles(value, field) : undefined),
  search: () => '',
  display: namesOf,
  rules: ['several', 'kinds', 'maxSize', 'minItems', 'maxItems'],
}
