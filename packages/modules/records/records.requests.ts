/** How record operations read their input from a request: lists from the query string, the rest from path and body. */
import { isId } from '@oneforge/kernel/database'
import { notFound, validationError } from '@oneforge/kernel/errors'
import { filterFromQuery } from '@oneforge/kernel/expressions'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { HttpInput } from '@oneforge/kernel/operations'
import { type RecordContext, visibleObject } from '@oneforge/kernel/records'

/** The object of the path, or 404. */
export function objectOf(context: Pick<RecordContext, 'model' | 'policy'>, slug: string): CompiledObject {
  const object = visibleObject(context, slug)
  if (!object) throw notFound(`The object “${slug}”`)
  return object
}

/** An id that cannot be one names nothing: 404, as for any other that is not there. */
export function idOf(object: CompiledObject, id: string): string {
  if (!isId(id)) throw notFound(`The record ${id} of ${object.slug}`)
  return id.toLowerCase()
}

/** Ids as they are stored; of many, one that cannot be an id fails by itself. */
export const idsOf = (ids: string[]): string[] => ids.map((id) => id.toLowerCase())

/** `?duplicates=refuse` beside a body that is the record. */
export const createInput = ({ params, query, body }: HttpInput): Record<string, unknown> => ({
  ...Object.fromEntries(query),
  ...params,
  data: body,
})

const reserved = new Set([
  'page',
  'limit',
  'cursor',
  'sort',
  'fields',
  'search',
  'include',
  'filter',
  'deleted',
  'format',
])

const commaList = (text: string | undefined): string[] | undefined =>
  text === undefined
    ? undefined
    : text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)

/** The parameters with a meaning of their own; one that is given twice could only be obeyed once. */
function reservedParameters(query: HttpInput['query']): Map<string, string> {
  const given = new Map<string, string>()
  for (const [key, value] of query) {
    if (!reserved.has(key)) continue
    if (given.has(key)) throw validationError([{ field: key, message: 'is given more than once' }])
    given.set(key, value)
  }
  return given
}

/** `?status=New&score[gte]=50&sort=-createdAt&limit=50` as the input of a list. */
export function listInput(request: HttpInput): Record<string, unknown> {
  const given = reservedParameters(request.query)
  const conditions = filterFromQuery(request.query, reserved)
  const explicit = parseFilterParameter(given.get('filter'))
  const filter = conditions && explicit ? { and: [explicit, conditions] } : (explicit ?? conditions)
  return {
    ...request.params,
    filter,
    search: given.get('search'),
    sort: commaList(given.get('sort')),
    fields: commaList(given.get('fields')),
    include: commaList(given.get('include')),
    limit: wholeNumber(given.get('limit')),
    page: wholeNumber(given.get('page')),
    cursor: given.get('cursor'),
    deleted: flag(given.get('deleted')),
    format: given.get('format'),
  }
}

/** Leaves what is no number as it is: the schema says what is wrong with it. */
const wholeNumber = (text: string | undefined): unknown =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : text

const flag = (text: string | undefined): unknown => (text === 'true' ? true : text === 'false' ? false : text)

/** `?include=primary_doctor&fields=full_name` as the input of a single record; whatever else is there is refused. */
export function recordInput(request: HttpInput): Record<string, unknown> {
  const given = Object.fromEntries(request.query)
  return {
    ...given,
    ...request.params,
    fields: commaList(given.fields),
    include: commaList(given.include),
    deleted: flag(given.deleted),
  }
}

/** `?depth=2&relations=company,deals` as the input of the neighbourhood of a record. */
export const graphInput = (request: HttpInput): Record<string, unknown> => {
  const given = Object.fromEntries(request.query)
  return { ...given, ...request.params, relations: commaList(given.relations) }
}

function parseFilterParameter(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw validationError([{ field: 'filter', message: 'is not valid JSON' }])
  }
}
