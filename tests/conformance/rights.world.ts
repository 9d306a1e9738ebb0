/**
 * A workspace in which everybody may do something else, and what each of them should see of it, said in plain functions
 * over the records.
 */
import type { SignedIn } from '../client.ts'
import { addMember, defineRole, type RunningSystem } from '../server.ts'

/** Names of locations. */
const north = 'North'
const south = 'South'

export type PersonKey = keyof typeof people
export interface Case {
  id: string
  name: string
  owner: string
  location: string | null
  score: number
  phase: 'opened' | 'closed'
  /** The case made before it, which it points to. */
  parent: string | null
}

export interface World {
  tenantId: string
  sessions: Record<PersonKey | 'owner', SignedIn>
  cases: Case[]
  /** Ids by name. */
  locations: Record<string, string>
  /** The agent who leads every case and helps with it. */
  hub: string
}

type Rule = (one: Case) => boolean
interface Person {
  /** Keys of roles; where they are held, if not everywhere. */
  roles: [key: string, location?: string][]
  exceptions?: object[]
  reads: Rule
  updates: Rule
  deletes: Rule
  assigns: Rule
  exports: Rule
  /** Cases that the person may not make. */
  mayNotMake: object[]
  /** Whether a role shows every case there is, so that their number is told. */
  counts?: boolean
  /** Whether fields and relations are seen as they are; see the probes for those of whom they are not. */
  plain: boolean
  /** Of people whose roles show different fields: the cases of which they see the secret, and may change the code. */
  differs?: { sees: Rule; writes: Rule }
}

const all: Rule = () => true
const none: Rule = () => false
const ownedBy =
  (...owners: string[]): Rule =>
  ({ owner }) =>
    owners.includes(owner)
const everything = Object.fromEntries(
  ['create', 'read', 'update', 'delete', 'export', 'import', 'assign'].map((action) => [action, 'all']),
)
const each = (scope: unknown): object => Object.fromEntries(Object.keys(everything).map((action) => [action, scope]))
const least = (score: number) => ({ scope: 'all', filter: { field: 'score', op: 'gte', value: score } })

export const roles: Record<string, { objects: Record<string, object>; [part: string]: unknown }> = {
  own: { objects: { cases: each('own'), agents: { read: 'all' } } },
  team: { objects: { cases: each('team'), agents: { read: 'all' } } },
  local: { objects: { cases: each('location'), agents: { read: 'all' } } },
  everyone: { objects: { cases: everything, agents: everything } },
  filtered: {
    objects: {
      cases: {
        ...everything,
        create: least(5),
        read: least(5),
        update: { scope: 'all', filter: { field: 'phase', op: 'eq', value: 'opened' } },
        delete: 'own',
        export: least(9),
        assign: 'own',
      },
      agents: { read: 'all' },
    },
  },
  hider: {
    objects: { cases: { ...everything, fields: { secret: 'hidden', code: 'read' } }, agents: { read: 'all' } },
  },
  lister: { objects: { cases: { read: 'own' }, agents: { read: 'all' } } },
  walker: {
    objects: {
      cases: {
        ...everything,
        relations: { lead: { fields: ['name'] }, helpers: { follow: false }, parent: { depth: 1 } },
      },
      agents: { read: 'all' },
    },
    depth: 3,
    forbiddenPaths: ['agents.leads.parent'],
  },
  untitled: {
    objects: {
      cases: { read: 'all', relations: { lead: { fields: ['motto'] } } },
      agents: { read: 'all', fields: { name: 'hidden' } },
    },
  },
  staff: { objects: { agents: { read: 'all', update: 'all' } }, admin: ['users'] },
  // What staff has, and one action more.
  remover: { objects: { agents: { read: 'all', update: 'all', delete: 'all' } } },
  blind: {
    objects: {
      cases: { create: 'all', read: 'all', export: 'all', fields: { secret: 'hidden', code: 'read' } },
      agents: { read: 'all' },
    },
  },
  opener: {
    objects: {
      cases: {
        read: { scope: 'all', filter: { field: 'phase', op: 'eq', value: 'opened' } },
        update: 'all',
        fields: { remark: 'hidden' },
      },
    },
  },
  helpless: {
    objects: {
      cases: { read: 'all', fields: { helpers: 'hidden' } },
      agents: { read: 'all', fields: { motto: 'read' } },
    },
  },
  shy: {
    objects: {
      cases: { read: 'own', update: 'own', delete: 'own', fields: { secret: 'hidden' } },
      agents: { read: 'all' },
    },
  },
  led: {
    objects: {
      cases: {
        read: { scope: 'all', filter: { field: 'lead.name', op: 'eq', value: 'Hub' } },
        update: 'all',
      },
      agents: { read: 'all' },
    },
  },
}

export const people = {
  olga: { roles: [['own']], ...same(ownedBy('olga')), mayNotMake: [{ ownerId: 'max' }], plain: true },
  /** Tim's team stands above that of Max and Pat. */
  tim: { roles: [['team']], ...same(ownedBy('tim', 'max', 'pat')), mayNotMake: [{ ownerId: 'olga' }], plain: true },
  max: { roles: [['team']], ...same(ownedBy('max', 'pat')), mayNotMake: [{ ownerId: 'tim' }], plain: true },
  pat: { roles: [['own']], ...same(ownedBy('pat')), mayNotMake: [{ ownerId: 'max' }], plain: true },
  nora: {
    roles: [['local'], ['lister', north]],
    ...same(({ owner, location }) => owner === 'nora' || location === north),
    mayNotMake: [{ ownerId: 'max', locationId: south }],
    plain: true,
  },
  sam: {
    roles: [['everyone', south]],
    ...same(({ location }) => location === south),
    mayNotMake: [{ locationId: north }],
    plain: true,
  },
  fred: {
    roles: [['filtered']],
    reads: ({ score }) => score >= 5,
    updates: ({ score, phase }) => score >= 5 && phase === 'opened',
    deletes: none,
    assigns: none,
    exports: ({ score }) => score >= 9,
    mayNotMake: [{ score: 1 }, {}],
    plain: true,
  },
  dora: {
    roles: [['everyone']],
    exceptions: [
      { effect: 'deny', kind: 'action', object: 'cases', action: 'read', ...least(9) },
      { effect: 'deny', kind: 'action', object: 'cases', action: 'update', scope: 'own' },
      { effect: 'deny', kind: 'field', object: 'cases', field: 'secret', access: 'hidden' },
      { effect: 'deny', kind: 'relation', object: 'cases', relation: 'helpers' },
      { effect: 'grant', kind: 'admin', permission: 'audit' },
      { effect: 'deny', kind: 'admin', permission: 'audit' },
    ],
    ...same(({ score }) => score < 9),
    updates: ({ owner, score }) => score < 9 && owner !== 'dora',
    mayNotMake: [],
    plain: false,
  },
  gina: {
    roles: [['lister']],
    exceptions: [
      { effect: 'grant', kind: 'action', object: 'cases', action: 'read', ...least(9) },
      { effect: 'grant', kind: 'action', object: 'cases', action: 'update', scope: 'own' },
    ],
    reads: ({ owner, score }) => owner === 'gina' || score >= 9,
    updates: ({ owner }) => owner === 'gina',
    deletes: none,
    assigns: none,
    exports: none,
    mayNotMake: [{}],
    plain: true,
  },
  hana: { roles: [['hider']], ...same(all), mayNotMake: [], counts: true, plain: false },
  walt: { roles: [['walker']], ...same(all), mayNotMake: [], counts: true, plain: false },
  uma: { roles: [['untitled']], reads: all, ...nothing(), mayNotMake: [{}], counts: true, plain: false },
  /** Those from here on hold roles that show different fields, each on the cases that it grants. */
  vera: {
    roles: [['own'], ['blind']],
    ...same(ownedBy('vera')),
    reads: all,
    exports: all,
    mayNotMake: [
      { ownerId: 'max', secret: 'x' },
      { ownerId: 'max', code: 'x' },
    ],
    counts: true,
    plain: true,
    differs: { sees: ownedBy('vera'), writes: ownedBy('vera') },
  },
  ivan: {
    roles: [['opener'], ['blind']],
    ...same(all),
    deletes: none,
    assigns: none,
    mayNotMake: [{ phase: 'closed', secret: 'x' }],
    counts: true,
    plain: true,
    differs: { sees: ({ phase }) => phase === 'opened', writes: ({ phase }) => phase === 'opened' },
  },
  lou: {
    roles: [['everyone', south], ['blind']],
    ...same(({ location }) => location === south),
    reads: all,
    exports: all,
    mayNotMake: [{ locationId: north, secret: 'x' }],
    counts: true,
    plain: true,
    differs: { sees: ({ location }) => location === south, writes: ({ location }) => location === south },
  },
  /** What is read by a single grant shows what the person's roles show. */
  ruth: {
    roles: [['shy']],
    exceptions: [
      { effect: 'grant', kind: 'action', object: 'cases', action: 'read', ...least(9) },
      { effect: 'grant', kind: 'action', object: 'cases', action: 'export', scope: 'all' },
    ],
    reads: ({ owner, score }) => owner === 'ruth' || score >= 9,
    ...nothing(),
    updates: ownedBy('ruth'),
    deletes: ownedBy('ruth'),
    exports: all,
    mayNotMake: [{}],
    plain: true,
    differs: { sees: none, writes: all },
  },
  /** Sees the relation of her own cases only. */
  quinn: {
    roles: [['own'], ['helpless']],
    ...same(ownedBy('quinn')),
    reads: all,
    mayNotMake: [],
    counts: true,
    plain: false,
  },
  lars: {
    roles: [['led']],
    reads: all,
    ...nothing(),
    updates: all,
    mayNotMake: [{}],
    plain: true,
  },
  stan: { roles: [['staff']], reads: none, ...nothing(), mayNotMake: [{}], plain: false },
} satisfies Record<string, Person>

function same(rule: Rule): Pick<Person, 'reads' | 'updates' | 'deletes' | 'assigns' | 'exports'> {
  return { reads: rule, updates: rule, deletes: rule, assigns: rule, exports: rule }
}
function nothing(): Pick<Person, 'updates' | 'deletes' | 'assigns' | 'exports'> {
  return { updates: none, deletes: none, assigns: none, exports: none }
}

export const personKeys = Object.keys(people) as PersonKey[]
export const personOf = (key: PersonKey): Person => people[key]

/** Makes the workspace. What the database holds afterwards, with the sessions, is all that the probes need. */
export async function buildWorld(system: RunningSystem): Promise<World> {
  const owner = await system.register({ name: 'Owner', template: 'blank' })
  const { tenantId } = owner
  const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', ...more })
  await owner.post('/objects', {
    slug: 'agents',
    label: 'Agent',
    labelPlural: 'Agents',
    fields: [text('name', { searchable: true }), text('motto')],
  })
  const to = (key: string, object: string, inverse: string, many = false) => ({
    key,
    label: key,
    type: 'relation',
    relation: { object, many, inverse: { key: inverse, label: inverse, many: true } },
  })
  await owner.post('/objects', {
    slug: 'cases',
    label: 'Case',
    labelPlural: 'Cases',
    roles: { title: 'name', stage: 'phase' },
    fields: [
      text('name', { searchable: true }),
      text('remark', { searchable: true }),
      text('secret', { searchable: true, sortable: true }),
      text('code', { unique: true }),
      { key: 'score', label: 'score', type: 'integer', sortable: true },
      { key: 'phase', label: 'phase', type: 'select', options: ['opened', 'closed'] },
      to('lead', 'agents', 'leads'),
      to('helpers', 'agents', 'helps', true),
      to('parent', 'cases', 'children'),
    ],
  })
  await system.sql(
    `update objects set definition = definition || '{"located": true}' where tenant_id = $1 and slug = 'cases'`,
    [tenantId],
  )
  const locations: Record<string, string> = {}
  for (const name of [north, south]) {
    locations[name] = (await owner.post('/locations', { name, timeZone: 'Europe/Madrid' })).id
  }
  for (const [key, role] of Object.entries(roles)) await defineRole(system, tenantId, key, role)
  const sessions = { owner: owner.session! } as World['sessions']
  for (const key of personKeys) {
    const { roles: held, exceptions = [] } = personOf(key)
    const person = await addMember(
      system,
      tenantId,
      held.map(([role]) => role),
    )
    sessions[key] = person.session!
    const path = `/access/members/${person.userId}`
    await owner.put(`${path}/roles`, {
      roles: held.map(([role, location]) => ({ key: role, locationId: location && locations[location] })),
    })
    for (const exception of exceptions) await owner.post(`${path}/exceptions`, exception)
  }
  const above = await owner.post('/access/teams', { name: 'Above' })
  const below = await owner.post('/access/teams', { name: 'Below', parentId: above.id })
  await owner.put(`/access/teams/${above.id}/members`, { userIds: [sessions.tim.user.id] })
  await owner.put(`/access/teams/${below.id}/members`, { userIds: [sessions.max.user.id, sessions.pat.user.id] })
  const hub = await owner.post('/agents', { name: 'Hub', motto: 'zmotto' })
  const cases: Case[] = []
  for (const [index, [holder, location, score, phase]] of drafts.entries()) {
    const parent = cases.at(-1)?.id ?? null
    const name = `zcase${index}`
    const record = await owner.post('/cases', {
      name,
      remark: 'kept',
      secret: `zsecret${index}z`,
      code: `zcode${index}`,
      score,
      phase,
      lead: hub.id,
      parent,
      ownerId: sessions[holder].user.id,
      locationId: location && locations[location],
    })
    await owner.put(`/agents/${hub.id}/links/helps/${record.id}`)
    cases.push({ id: record.id, name, owner: holder, location, score, phase, parent })
  }
  return { tenantId, sessions, cases, locations, hub: hub.id }
}

const drafts: [PersonKey | 'owner', string | null, number, Case['phase']][] = [
  ['olga', null, 1, 'opened'],
  ['tim', null, 5, 'opened'],
  ['max', null, 9, 'closed'],
  ['max', south, 1, 'opened'],
  ['nora', null, 5, 'closed'],
  ['owner', north, 9, 'opened'],
  ['owner', south, 5, 'opened'],
  ['owner', null, 1, 'closed'],
  ['dora', north, 5, 'opened'],
  ['gina', south, 1, 'closed'],
  ['pat', null, 9, 'opened'],
  ['vera', null, 5, 'opened'],
  ['vera', south, 9, 'closed'],
  ['ruth', north, 1, 'opened'],
  ['quinn', null, 5, 'closed'],
]
