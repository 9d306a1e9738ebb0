/** The rows that a policy reaches, against a model of it in plain words: the two must agree whatever was granted. */
import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase, testServers } from '../../../tests/postgres.ts'
import { compile, newId, sql } from '../database/index.ts'
import {
  type ActionGrant,
  compileModel,
  type RoleDefinition,
  type Scope,
  scopes,
  type TenantModel,
} from '../metadata/index.ts'
import { compilePolicy, type ExceptionRule, type MemberRights, mayExpression, rowCondition, scopeOf } from './index.ts'

const tenantId = newId()
const objectId = newId()
const users = [newId(), newId(), newId(), newId()]
const [me] = users
const locations = [newId(), newId(), newId()]

interface Case {
  id: string
  owner: string | null
  location: string | null
  score: number
}

/** Every combination of owner, location and score there is. */
const cases: Case[] = [...users, null].flatMap((owner) =>
  [...locations, null].flatMap((location) => [1, 5, 9].map((score) => ({ id: newId(), owner, location, score }))),
)

const label = { en: 'x' }
const modelWith = (roles: RoleDefinition[], located: boolean): TenantModel =>
  compileModel({
    tenant: {
      id: tenantId,
      version: 1,
      name: 'T',
      slug: 't',
      plan: 'p',
      locale: 'en',
      currency: 'EUR',
      time_zone: 'UTC',
      template_slug: null,
      template_version: null,
      trial_ends_at: null,
      suspended_reason: null,
    },
    objects: [
      {
        id: objectId,
        slug: 'cases',
        position: 0,
        definition: { label, labelPlural: label, icon: 'box', numberPrefix: 'C-', roles: { title: 'name' }, located },
      },
    ],
    fields: [
      { id: newId(), object_id: objectId, key: 'name', definition: { label, type: 'text' }, slot: null, position: 0 },
      {
        id: newId(),
        object_id: objectId,
        key: 'score',
        definition: { label, type: 'integer' },
        slot: null,
        position: 1,
      },
    ],
    relations: [],
    roles: roles.map(({ key, ...definition }) => ({ id: newId(), key, definition })),
    locations: [],
    networks: [],
  })

/** A scope, perhaps with a filter that the model below understands. */
interface Limit {
  scope: Scope
  least: number | null
  mine: boolean
}
const limit = fc.record<Limit>({
  scope: fc.constantFrom(...scopes),
  least: fc.constantFrom(null, null, 5, 9),
  mine: fc.constantFrom(false, false, true),
})

function grantOf({ scope, least, mine }: Limit): { scope: Scope; filter?: unknown } {
  const filters = [
    ...(least === null ? [] : [{ field: 'score', op: 'gte', value: least }]),
    ...(mine ? [{ field: 'ownerId', op: 'eq', value: { me: true } }] : []),
  ]
  return filters.length === 0 ? { scope } : { scope, filter: { and: filters } }
}

const roles = fc.array(fc.record({ limit, at: fc.subarray([0, 1, 2]) }), { maxLength: 3 })
const team = fc.subarray(users.slice(1))

interface Given {
  roles: { limit: Limit; at: number[] }[]
  grants: Limit[]
  denials: Limit[]
  colleagues: string[]
  located: boolean
}
const given = fc.record<Given>({
  roles,
  grants: fc.array(limit, { maxLength: 1 }),
  denials: fc.array(limit, { maxLength: 2 }),
  colleagues: team,
  located: fc.boolean(),
})

/** What the words of the guide say, record by record. */
function mayRead(given: Given, row: Case): boolean {
  const worksAt = new Set(given.roles.flatMap(({ at }) => at.map((index) => locations[index])))
  const speaksOf = ({ scope, least, mine }: Limit): boolean => {
    const isMine = row.owner === me
    const inScope =
      scope === 'all' ||
      isMine ||
      (scope === 'team' && row.owner !== null && given.colleagues.includes(row.owner)) ||
      (scope === 'location' && row.location !== null && worksAt.has(row.location))
    return inScope && (least === null || row.score >= least) && (!mine || isMine)
  }
  const isAt = (at: number[]): boolean => {
    if (at.length === 0) return true
    return row.location === null ? !given.located : at.some((index) => locations[index] === row.location)
  }
  const granted = given.roles.some(({ limit, at }) => speaksOf(limit) && isAt(at)) || given.grants.some(speaksOf)
  return granted && !given.denials.some(speaksOf)
}

function compiled(given: Given) {
  const definitions = given.roles.map(({ limit }, index): RoleDefinition => {
    const { scope, filter } = grantOf(limit)
    const read: ActionGrant = filter === undefined ? scope : { scope, filter }
    return { key: `role${index}`, label, objects: { cases: { read } } }
  })
  const rule = (one: Limit): ExceptionRule => ({ kind: 'action', object: 'cases', action: 'read', ...grantOf(one) })
  const rights: MemberRights = {
    userId: me!,
    roles: given.roles.flatMap(({ at }, index) =>
      (at.length === 0 ? [null] : at).map((place) => ({
        key: `role${index}`,
        locationId: place === null ? null : locations[place]!,
      })),
    ),
    exceptions: [
      ...given.grants.map((one) => ({ id: newId(), effect: 'grant' as const, rule: rule(one) })),
      ...given.denials.map((one) => ({ id: newId(), effect: 'deny' as const, rule: rule(one) })),
    ],
    colleagues: given.colleagues,
  }
  const model = modelWith(definitions, given.located)
  return { policy: compilePolicy(model, rights), object: model.object.get('cases')! }
}

describe.each(testServers())('on PostgreSQL $majorVersion', (server) => {
  let database: TestDatabase
  let client: Client

  beforeAll(async () => {
    database = await cloneDatabase({ server })
    client = new Client({ connectionString: database.ownerUrl })
    await client.connect()
    await client.query('set session_replication_role = replica')
    await client.query(
      `insert into records (tenant_id, object_id, id, record_number, owner_id, location_id, data)
       select $1, $2, id, id::text, owner, location, jsonb_build_object('score', score)
       from jsonb_to_recordset($3::jsonb) as t(id uuid, owner uuid, location uuid, score int)`,
      [tenantId, objectId, JSON.stringify(cases)],
    )
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  it('lists are limited to what the words say, and each row at hand is told the same', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (given) => {
        const expected = cases.filter((row) => mayRead(given, row)).map((row) => row.id)
        const { policy, object } = compiled(given)
        const reach = scopeOf(policy, object, 'read')
        const condition = reach ? rowCondition(policy, reach, 'r') : sql`false`
        const { text, values } = compile(sql`select r.id, ${condition ?? sql`true`} as listed,
          ${mayExpression(policy, object, 'read', 'r')} as may from records r where r.tenant_id = ${tenantId}`)
        const { rows } = await client.query(text, [...values])
        const those = (column: string) => rows.filter((row) => row[column]).map((row) => row.id as string)
        expect(those('listed').sort()).toEqual(expected.sort())
        expect(those('may').sort()).toEqual(expected.sort())
      }),
      { numRuns: 300 },
    )
  })
})

describe('a filter that can no longer be read', () => {
  const filter = { field: 'gone', op: 'eq', value: 1 }
  const rightsWith = (exceptions: MemberRights['exceptions']): MemberRights => ({
    userId: me!,
    roles: [{ key: 'clerk', locationId: null }],
    exceptions,
    colleagues: [],
  })

  it('lets nobody through who was granted by it', () => {
    const model = modelWith([{ key: 'clerk', label, objects: { cases: { read: { scope: 'all', filter } } } }], false)
    expect(compilePolicy(model, rightsWith([])).objects.has('cases')).toBe(false)
  })

  it('denies all of its scope', () => {
    const model = modelWith([{ key: 'clerk', label, objects: { cases: { read: 'all' } } }], false)
    const rule: ExceptionRule = { kind: 'action', object: 'cases', action: 'read', scope: 'all', filter }
    const policy = compilePolicy(model, rightsWith([{ id: newId(), effect: 'deny', rule }]))
    expect(policy.objects.has('cases')).toBe(false)
  })
})
