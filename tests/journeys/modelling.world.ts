/** What modelling from nothing takes: fields in short, many records at once, and choices that fall the same every time. */
import type { Answer, ApiClient, Json } from '../client.ts'

export const field = (key: string, type: string, more: object = {}): Json => ({
  key,
  label: key.replaceAll('_', ' '),
  type,
  ...more,
})

/** A field that leads to one record of another object. */
export const link = (key: string, object: string, inverse: string, more: object = {}): Json =>
  field(key, 'relation', { required: true, relation: { object, inverse: { key: inverse, label: inverse } }, ...more })

export const define = (client: ApiClient, slug: string, fields: Json[], more: object = {}): Promise<Json> =>
  client.post('/objects', { slug, label: slug, labelPlural: slug, fields, ...more })

/** Makes the records in one call; answers their ids in the same order. */
export async function fill(client: ApiClient, object: string, records: Json[]): Promise<string[]> {
  const { created, results } = await client.post(`/${object}/bulk`, { records })
  if (created !== records.length) throw new Error(JSON.stringify(results.find(({ success }: Json) => !success)))
  return results.map(({ id }: Json) => id)
}

/** Messages of a refusal, each with its field. */
export const refusal = ({ status, error }: Answer): (string | number)[] => [
  status,
  ...(error?.details ?? []).map(({ field: at, message }) => `${at}: ${message}`),
]

/** Whole numbers below a bound, the same row of them in every run. */
export function numbers(seed = 1): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))

/** The rows by what `keyOf` says of them. */
export const grouped = <T>(rows: T[], keyOf: (row: T) => string): [string, T[]][] => [
  ...Map.groupBy(rows, keyOf).entries(),
]

export const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
