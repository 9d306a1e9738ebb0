import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { Database, newId, sql } from './index.ts'
import { MAX_PREPARED } from './prepared.ts'

describe('the statements of a connection', () => {
  let test: TestDatabase
  let database: Database
  const tenantId = newId()

  beforeAll(async () => {
    test = await cloneDatabase()
    database = new Database({ url: test.appUrl, max: 1 })
  })

  afterAll(async () => {
    await database.close()
    await test.drop()
  })

  /** One of endlessly many texts, whose row has its number. */
  const numbered = (number: number) => sql`select ${number}::int as ${sql.ref(`answer_${number}`)}`

  async function ask(numbers: number[]): Promise<void> {
    const rows = await database.transaction({ tenantId }, (tx) => tx.batch(numbers.map(numbered)))
    expect(rows).toEqual(numbers.map((number) => [{ [`answer_${number}`]: number }]))
  }

  async function prepared(): Promise<number[]> {
    const rows = await database.run<{ number: number }>(
      { tenantId },
      sql`select substring(statement from 'answer_([0-9]+)')::int as number
        from pg_prepared_statements where statement like 'select $1::int as "answer_%'`,
    )
    return rows.map(({ number }) => number)
  }

  const from = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index)

  it('stay prepared from the second time on, as many as a connection keeps', async () => {
    await ask([1])
    expect(await prepared()).toEqual([])
    await ask([1])
    expect(await prepared()).toEqual([1])

    await ask(from(1000, MAX_PREPARED))
    await ask(from(1000, MAX_PREPARED))
    await ask([7])
    await ask([7])
    const kept = await prepared()
    expect(kept).toContain(7)
    expect(kept).not.toContain(1)
    expect(kept.length).toBeLessThanOrEqual(MAX_PREPARED)
  })

  it('answer rightly when one flush has more than are kept, and the same among them twice', async () => {
    const many = from(3000, MAX_PREPARED + 50)
    const twice = [...many, ...many]
    await ask(twice)
    await ask(twice)
    await ask(many.toReversed())
    await ask([5])
    expect((await prepared()).length).toBeLessThanOrEqual(MAX_PREPARED)
  })

  it('are prepared anew where an error came before them', async () => {
    const failing = sql`select 1 / ${0}::int`
    for (const number of from(9000, MAX_PREPARED + 5)) {
      await ask([number])
      await expect(database.transaction({ tenantId }, (tx) => tx.batch([failing, numbered(number)]))).rejects.toThrow()
      await ask([number, 5, number])
    }
    expect((await prepared()).length).toBeLessThanOrEqual(MAX_PREPARED)
  })
})
