/** The short form of filters in the query string: `status=New,Active`, `score[gte]=50`, `account.industry=Retail`. */

const bracketed = /^(.*)\[([^[\]]*)\]$/s
const listOperators = new Set(['in', 'nin', 'between'])

/**
 * A filter out of query parameters, to be read by `parseFilter`, which also names what is wrong in it; undefined when
 * no parameter is one. All must hold, but values of one bare name are alternatives, by comma or by repetition: a comma
 * that is part of the value is written with `[eq]`.
 *
 * @param reserved names of parameters that mean something else (page, sort, …); with brackets they are not reserved.
 */
export function filterFromQuery(
  params: Iterable<[key: string, value: string]>,
  reserved: ReadonlySet<string>,
): unknown {
  const alternatives = new Map<string, string[]>()
  const conditions: unknown[] = []
  for (const [key, value] of params) {
    const [, field, op] = bracketed.exec(key) ?? []
    if (field !== undefined && op !== undefined) {
      conditions.push({ field, op, value: listOperators.has(op) ? value.split(',') : value })
    } else if (!reserved.has(key)) {
      alternatives.set(key, [...(alternatives.get(key) ?? []), ...value.split(',')])
    }
  }
  for (const [field, values] of alternatives) {
    conditions.push(values.length > 1 ? { field, op: 'in', value: values } : { field, op: 'eq', value: values[0] })
  }
  return conditions.length === 0 ? undefined : { and: conditions }
}
