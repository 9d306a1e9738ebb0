import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase, testServers } from '../../../tests/postgres.ts'
import { compile, type RawBuilder, sql } from '../database/index.ts'
import { foldLetters } from '../metadata/values/index.ts'
import {
  anyFilter,
  model,
  owners,
  people,
  recordsOf,
  rowOf,
  type ThingRecord,
  tenantId,
  things,
} from './everything.fixture.ts'
import type { FilterAccess, FirstStops, Hop } from './filter.ts'
import { conditionsFromAfar, firstStopsOf } from './first-stops.ts'
import { matchesFilter, type RecordValues } from './match.ts'
import { parseFilter } from './parse.ts'
import { filterToSql, foldedSql } from './to-sql.ts'

const context = { me: people[0]!, now: new Date('2026-11-21T01:00:00Z'), timeZone: model.timeZone }
const otherTenant = '00000000-0000-7000-8000-000000000099'

/** Letters that came with Unicode 15 to 17: each program knows of them as its tables do. */
const newLetters =
  /[\u1C89\uA7CB-\uA7F1\u{105C9}\u{105E4}\u{10D50}-\u{10D65}\u{11383}-\u{113C8}\u{16121}-\u{16128}\u{16D68}-\u{16D6A}\u{16EA0}-\u{16EB8}\u{1CCD6}-\u{1CCF9}\u{1E030}-\u{1E06D}]/u

interface Link {
  relationId: string
  from: string
  to: string
}

describe.each(testServers())('the two evaluators on PostgreSQL $majorVersion', (server) => {
  let database: TestDatabase
  let client: Client
  const byId = new Map<string, ThingRecord>()
  let links: Link[] = []

  beforeAll(async () => {
    database = await cloneDatabase({ server })
    client = new Client({ connectionString: database.ownerUrl })
    await client.connect()
    // The metadata are not in tables here, so their foreign keys are left out of it.
    await client.query("set session_replication_role = replica; set statement_timeout = '20s'")
  })
  afterAll(async () => {
    await client?.end()
    await database?.drop()
  })

  async function insert(table: string, rows: Record<string, unknown>[]): Promise<void> {
    for (const row of rows) {
      const places = Object.keys(row).map((_, index) => `$${index + 1}`)
      await client.query(`insert into ${table} (${Object.keys(row)}) values (${places})`, Object.values(row))
    }
  }

  /** New random things and owners, every one linked to a few others by chance. */
  async function fill(seed: number): Promise<void> {
    await client.query('delete from links; delete from records')
    const owned = recordsOf(owners, '0008', 6, seed)
    const all = recordsOf(things, '0007', 60, seed)
    byId.clear()
    for (const record of [...all, ...owned]) byId.set(record.id, record)
    const [owner, others] = [things.relation.get('owner')!.relationId, things.relation.get('others')!.relationId]
    links = all.flatMap(({ id }, index): Link[] => [
      ...(index % 3 ? [{ relationId: owner, from: id, to: owned[(index * seed) % owned.length]!.id }] : []),
      ...(index % 4 ? [{ relationId: others, from: id, to: all[(index * 7 + seed) % all.length]!.id }] : []),
      ...(index % 8 ? [{ relationId: others, from: id, to: all[(index * 11 + seed + 1) % all.length]!.id }] : []),
    ])
    links = [...new Map(links.map((link) => [`${link.relationId}${link.from}${link.to}`, link])).values()]
    for (const record of all) addRelations(record)
    await insert('records', [
      ...all.map((record) => rowOf(things, record)),
      ...owned.map((record) => rowOf(owners, record)),
    ])
    await insert(
      'links',
      links.map(({ relationId, from, to }) => ({
        tenant_id: tenantId,
        relation_id: relationId,
        from_id: from,
        to_id: to,
      })),
    )
  }

  const follow = (record: RecordValues, { relation }: Hop): RecordValues[] =>
    links
      .filter((link) => link.relationId === relation.relationId)
      .flatMap(({ from, to }) => {
        const [here, there] = relation.direction === 'out' ? [from, to] : [to, from]
        return here === record.id ? [byId.get(there)!] : []
      })

  function addRelations(record: ThingRecord): void {
    const related = (key: string) =>
      follow(record, { tenantId, relation: things.relation.get(key)!, object: things }).map(({ id }) => ({ id }))
    record.owner = related('owner')[0] ?? null
    record.others = related('others')
  }

  async function bySql(input: unknown, access?: FilterAccess): Promise<string[]> {
    const read = parseFilter(input, things, model, access)
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    const settings = { ...context, alias: 'r', access }
    const found = await thingsWhere(filterToSql(read.filter, settings))
    const stops: FirstStops = new Map()
    for (const condition of conditionsFromAfar(read.filter, settings)) {
      const { text, values } = compile(firstStopsOf(condition, settings))
      stops.set(condition, (await client.query(text, [...values])).rows[0])
    }
    if (stops.size > 0) {
      for (const oneByOne of [false, true])
        expect(await thingsWhere(filterToSql(read.filter, { ...settings, stops, oneByOne }))).toEqual(found)
    }
    return found
  }

  async function thingsWhere(where: RawBuilder<unknown>): Promise<string[]> {
    const { text, values } = compile(sql`
      select r.id from records r where r.tenant_id = ${tenantId} and r.object_id = ${things.id} and ${where} order by r.id`)
    const { rows } = await client.query(text, [...values])
    return rows.map((row) => row.id)
  }

  function inMemory(input: unknown): string[] {
    const read = parseFilter(input, things, model)
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    const { filter } = read
    const all = [...byId.values()].filter((record) => record.id.includes('-0007'))
    return all.filter((record) => matchesFilter(filter, record, { ...context, follow })).map(({ id }) => id)
  }

  it.each([1, 2, 3, 4])(
    'find the same records, whatever the filter (records %i)',
    { timeout: 120_000 },
    async (seed) => {
      await fill(seed)
      let answered = 0
      let some = 0
      await fc.assert(
        fc.asyncProperty(anyFilter, async (input) => {
          fc.pre('filter' in parseFilter(input, things, model))
          const found = await bySql(input)
          expect(found).toEqual(inMemory(input))
          answered++
          if (found.length > 0 && found.length < 60) some++
        }),
        { numRuns: 500, maxSkipsPerRun: 50 },
      )
      // The property would be empty if filters met no record, or all.
      expect(some / answered).toBeGreaterThan(0.4)
    },
  )

  it('fold every character the same', { timeout: 60_000 }, async () => {
    const { text, values } = compile(sql`
      select code, ${foldedSql(sql`chr(code)`)} as folded from generate_series(1, 1114111) code
      where code not between 55296 and 57343 and ${foldedSql(sql`chr(code)`)} <> chr(code)`)
    const { rows } = await client.query<{ code: number; folded: string }>(text, [...values])
    const inSql = new Map(rows.map((row) => [row.code, row.folded]))
    const different: string[] = []
    for (let code = 1; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code)
      if (!character.isWellFormed()) continue
      if ((inSql.get(code) ?? character) !== foldLetters(character)) different.push(character)
    }
    expect(different.filter((code) => !newLetters.test(code))).toEqual([])
  })

  it('do not see links and records of another tenant, or deleted ones', async () => {
    await fill(1)
    const linked = [...byId.values()].find((record) => record.owner)!
    const owner = (linked.owner as { id: string }).id
    const filter = {
      and: [
        { field: 'id', op: 'eq', value: linked.id },
        { field: 'owner', op: 'eq', value: owner },
      ],
    }
    expect(await bySql(filter)).toEqual([linked.id])
    const ways = [filter, { field: 'owner', op: 'notEmpty' }, { field: 'owner.id', op: 'in', value: [owner] }]
    await insert('records', [{ ...rowOf(owners, byId.get(owner)!), tenant_id: otherTenant }])
    await client.query('update links set tenant_id = $1', [otherTenant])
    for (const way of ways) expect(await bySql(way)).toEqual([])
    await client.query('update links set tenant_id = $1', [tenantId])
    await client.query('update records set deleted_at = now() where id = $1', [owner])
    expect(await bySql(filter)).toEqual([])
    expect(
      await bySql({
        and: [
          { field: 'id', op: 'eq', value: linked.id },
          { field: 'owner', op: 'empty' },
        ],
      }),
    ).toEqual([linked.id])
  })

  it('find nothing of mine for whoever is no person', async () => {
    await fill(3)
    for (const field of ['ownerId', 'user_slot', 'user_data']) {
      const read = parseFilter({ field, op: 'eq', value: { me: true } }, things, model)
      if ('problems' in read) throw new Error(JSON.stringify(read.problems))
      const nobody = { ...context, me: '' }
      const { text, values } = compile(
        sql`select 1 from records r where ${filterToSql(read.filter, { ...nobody, alias: 'r' })}`,
      )
      expect((await client.query(text, [...values])).rowCount).toBe(0)
      expect([...byId.values()].some((record) => matchesFilter(read.filter, record, nobody))).toBe(false)
    }
  })

  it('look only at those records of a hop that the caller may read', async () => {
    await fill(2)
    const linked = [...byId.values()].filter((record) => record.owner).map(({ id }) => id)
    const readable = (rows: FilterAccess['rows']): FilterAccess => ({ field: () => true, rows })
    const filter = { field: 'owner', op: 'notEmpty' }
    expect(
      await bySql(
        filter,
        readable(() => undefined),
      ),
    ).toEqual(linked)
    expect(
      await bySql(
        filter,
        readable(() => 'none'),
      ),
    ).toEqual([])
    const first = [...byId.values()].find((record) => record.id === linked[0])!
    const only = (first.owner as { id: string }).id
    const seen = await bySql(
      filter,
      readable((_, alias) => sql`${sql.ref(`${alias}.id`)} = ${only}`),
    )
    expect(seen).toEqual(linked.filter((id) => (byId.get(id)!.owner as { id: string }).id === only))
    const named = { field: 'owner.id', op: 'eq', value: only }
    expect(await bySql(named)).toEqual(seen)
    expect(
      await bySql(
        named,
        readable((_, alias) => sql`${sql.ref(`${alias}.id`)} <> ${only}`),
      ),
    ).toEqual([])
  })
})
