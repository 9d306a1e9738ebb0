/** What each person tries by every road. A probe returns what is wrong, or nothing. */
import { ApiClient } from '../client.ts'
import { type Case, type PersonKey, personKeys, personOf, type World } from './rights.world.ts'

export interface Probe {
  name: string
  /** Throws, or returns what was found against what should have been. */
  run(): Promise<Finding[]>
}
export interface Finding {
  what: string
  found: unknown
  expected: unknown
}

const found = (what: string, actual: unknown, expected: unknown): Finding[] =>
  JSON.stringify(actual) === JSON.stringify(expected) ? [] : [{ what, found: actual, expected }]

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any

const namesIn = (records: Json): string[] =>
  [records ?? []]
    .flat()
    .map((record) => record.name ?? record.title)
    .sort()

/** All probes on a server that works on the world's database. */
export function probesAt(url: string, world: World): Probe[] {
  return [
    ...fieldProbes(url, world),
    ...wayProbes(url, world),
    ...viewingProbes(url, world),
    ...administrationProbes(url, world),
    ...personKeys.flatMap((key) => readingProbes(url, world, key)),
    ...personKeys.flatMap((key) => writingProbes(url, world, key)),
  ]
}

const clientOf = (url: string, world: World, key: PersonKey | 'owner') => new ApiClient(url, world.sessions[key])

function readingProbes(url: string, world: World, key: PersonKey): Probe[] {
  const { reads, exports, plain, counts = false } = personOf(key)
  const client = clientOf(url, world, key)
  const knows = key !== 'stan'
  const seen = world.cases.filter(reads)
  const names = seen.map((one) => one.name).sort()
  const answer = async (path: string, body?: object) => {
    const { status, data, body: whole } = await client.send(body ? 'POST' : 'GET', path, body)
    return status >= 400 ? status : { data, whole }
  }
  const pick = (from: unknown, how: (answer: { data: Json; whole: Json }) => unknown): unknown =>
    typeof from === 'number' ? from : how(from as { data: Json; whole: Json })
  const listed = (what: string, path: string, expected: unknown = names, body?: object): Probe => ({
    name: `${key}: ${what}`,
    run: async () =>
      found(
        what,
        pick(await answer(path, body), ({ data }) => namesIn(data)),
        knows ? expected : 404,
      ),
  })
  const told = (what: string, path: string, body: object, how: (data: Json) => unknown, expected: unknown): Probe => ({
    name: `${key}: ${what}`,
    run: async () =>
      found(
        what,
        pick(await answer(path, body), ({ data }) => how(data)),
        knows ? expected : 404,
      ),
  })
  const scores = seen.reduce((sum, one) => sum + one.score, 0)
  const probes: Probe[] = [
    listed('list', '/cases?limit=200'),
    listed('list by cursor', '/cases?limit=200&cursor='),
    listed('query', '/cases/query', names, { limit: 200 }),
    listed('search an object', '/cases/search?q=zcase&limit=50'),
    told('count', '/cases/count', {}, ({ count }) => count, names.length),
    told('aggregate', '/cases/aggregate', {}, ([group]) => group?.count ?? 0, names.length),
    told(
      'sum',
      '/cases/aggregate',
      { measures: [{ op: 'sum', field: 'score' }] },
      ([group]) => group?.['sum(score)'] ?? 0,
      scores,
    ),
    told('group', '/cases/aggregate', { groupBy: ['name'] }, (groups) => namesIn(groups), names),
    {
      name: `${key}: total of a page`,
      run: async () =>
        found(
          'total',
          pick(await answer('/cases?limit=1'), ({ whole }) => whole.pagination.total),
          knows ? names.length : 404,
        ),
    },
    {
      name: `${key}: search everywhere`,
      run: async () =>
        found(
          'hits',
          pick(await answer('/search?q=zcase&limit=50'), ({ data }) => namesIn(data)),
          names,
        ),
    },
    {
      name: `${key}: export`,
      run: async () => {
        const { status, body, text } = await client.send('GET', '/cases/export?format=json')
        const may = world.cases.filter((one) => reads(one) && exports(one)).map((one) => one.name)
        const none = knows ? 403 : 404
        const expected = !knows || (may.length === 0 && !['olga', 'pat'].includes(key)) ? none : may.sort()
        return found('export', status >= 400 ? status : namesIn(body ?? JSON.parse(text)), expected)
      },
    },
    {
      name: `${key}: number in the sidebar`,
      run: async () => {
        const { data } = await client.send('GET', '/workspace')
        const cases = data.objects.find((object: Json) => object.slug === 'cases')
        return found('number', cases?.recordCount ?? null, counts ? world.cases.length : null)
      },
    },
    ...world.cases.map((one): Probe => recordProbe(client, key, one, reads(one))),
  ]
  return plain ? [...probes, ...relatedProbes(client, world, key, seen)] : probes
}

/** One record by all roads that name it. */
function recordProbe(client: ApiClient, key: PersonKey, one: Case, visible: boolean): Probe {
  const roads = ['', '/history', '/activities', '/access', '/links/lead', '?deleted=true']
  return {
    name: `${key}: ${one.name}`,
    async run() {
      const wrong: Finding[] = []
      for (const road of roads) {
        const { status } = await client.send('GET', `/cases/${one.id}${road}`)
        wrong.push(...found(road || 'get', status, visible ? 200 : 404))
      }
      return wrong
    },
  }
}

/** What shows of cases through other records. */
function relatedProbes(client: ApiClient, world: World, key: PersonKey, seen: Case[]): Probe[] {
  const names = seen.map((one) => one.name).sort()
  const isSeen = (id: string | null) => seen.some((one) => one.id === id)
  return [
    {
      name: `${key}: links of an agent`,
      run: async () => {
        const { data, body } = await client.send('GET', `/agents/${world.hub}/links/leads?limit=200`)
        return [...found('links', namesIn(data), names), ...found('total', body.pagination?.total, names.length)]
      },
    },
    {
      name: `${key}: include of an agent`,
      run: async () => {
        const { data } = await client.send('GET', `/agents/${world.hub}?include=leads,helps`)
        return [...found('leads', namesIn(data.leads), names), ...found('helps', namesIn(data.helps), names)]
      },
    },
    {
      name: `${key}: titles of relations`,
      run: async () => {
        const { data } = await client.send('GET', '/cases?limit=200')
        return data.flatMap((record: Json) => {
          const parent = world.cases.find((one) => one.id === record.id)!.parent
          return found(`parent of ${record.name}`, record.parent?.id ?? null, isSeen(parent) ? parent : null)
        })
      },
    },
    {
      name: `${key}: filter over a relation`,
      run: async () => {
        const wrong: Finding[] = []
        for (const one of world.cases) {
          for (const filter of [`leads.name=${one.name}`, `leads=${one.id}`]) {
            const { data } = await client.send('GET', `/agents?${filter}`)
            wrong.push(...found(filter, namesIn(data), isSeen(one.id) ? ['Hub'] : []))
          }
        }
        return wrong
      },
    },
    {
      name: `${key}: links in the history of an agent`,
      run: async () => {
        const { text } = await client.send('GET', `/agents/${world.hub}/history?limit=200`)
        const told = world.cases.filter((one) => text.includes(one.id)).map((one) => one.name)
        return found('history', told.sort(), names)
      },
    },
  ]
}

function writingProbes(url: string, world: World, key: PersonKey): Probe[] {
  const { reads, updates, deletes, assigns, mayNotMake } = personOf(key)
  const client = clientOf(url, world, key)
  const me = world.sessions[key].user.id
  const refusal = (one: Case, may: boolean) => (!reads(one) ? 404 : may ? 200 : 403)
  const others = world.cases.filter((one) => !reads(one))
  const status = async (method: string, path: string, body?: object) => (await client.send(method, path, body)).status
  return [
    {
      name: `${key}: update`,
      run: async () => {
        const wrong: Finding[] = []
        for (const one of world.cases) {
          const expected = refusal(one, updates(one))
          wrong.push(...found(one.name, await status('PATCH', `/cases/${one.id}`, { remark: 'kept' }), expected))
          if (expected === 200) continue
          const note = await status('POST', `/cases/${one.id}/notes`, { body: 'A note' })
          wrong.push(...found(`note on ${one.name}`, note, expected))
          const link = await status('PUT', `/cases/${one.id}/links/lead/${world.hub}`)
          if (key !== 'stan') wrong.push(...found(`link of ${one.name}`, link, expected))
        }
        return wrong
      },
    },
    {
      name: `${key}: update in bulk`,
      run: async () => {
        const ids = world.cases.map((one) => one.id)
        const { data } = await client.send('PATCH', '/cases/bulk', { ids, updates: { remark: 'kept' } })
        const done = (data?.results ?? []).filter((result: Json) => result.success).map((result: Json) => result.index)
        const may = world.cases.flatMap((one, index) => (reads(one) && updates(one) ? [index] : []))
        return found('bulk', done, may)
      },
    },
    {
      name: `${key}: delete`,
      run: async () => {
        const wrong: Finding[] = []
        const safe = world.cases.filter((one) => !(reads(one) && deletes(one)))
        for (const one of safe) {
          // Who may delete none at all is told so before any record is looked at.
          const expected = key === 'gina' ? 403 : refusal(one, false)
          wrong.push(...found(one.name, await status('DELETE', `/cases/${one.id}`), expected))
        }
        if (safe.length === 0) return wrong
        const { data } = await client.send('DELETE', '/cases/bulk', { ids: safe.map((one) => one.id) })
        return [...wrong, ...found('bulk', data?.deleted ?? 0, 0)]
      },
    },
    {
      name: `${key}: assign`,
      run: async () => {
        const wrong: Finding[] = []
        for (const one of world.cases.filter((one) => !(reads(one) && assigns(one)) && one.owner !== key)) {
          const refused = (await status('PATCH', `/cases/${one.id}`, { ownerId: me })) >= 400
          const { data } = await client.send('PATCH', '/cases/bulk', { ids: [one.id], updates: { ownerId: me } })
          wrong.push(...found(one.name, [refused, data?.updated ?? 0], [true, 0]))
        }
        return wrong
      },
    },
    {
      name: `${key}: create elsewhere`,
      run: async () => {
        const wrong: Finding[] = []
        for (const values of mayNotMake as Record<string, unknown>[]) {
          const owner = values.ownerId && world.sessions[values.ownerId as PersonKey].user.id
          const location = values.locationId && world.locations[values.locationId as string]
          const holder = { ...(owner ? { ownerId: owner } : {}), ...(location ? { locationId: location } : {}) }
          const record = { ...values, name: 'zintruder', ...holder }
          const one = (await status('POST', '/cases', record)) >= 400
          const { data } = await client.send('POST', '/cases/bulk', { records: [record] })
          wrong.push(...found(JSON.stringify(values), [one, data?.created ?? 0], [true, 0]))
        }
        return wrong
      },
    },
    {
      name: `${key}: point to what is not seen`,
      run: async () => {
        const mine = world.cases.find((one) => reads(one) && updates(one))
        if (!mine) return []
        const wrong: Finding[] = []
        for (const one of others) {
          const point = await status('PATCH', `/cases/${mine.id}`, { parent: one.id })
          const link = await status('PUT', `/cases/${mine.id}/links/parent/${one.id}`)
          wrong.push(...found(one.name, [point, link], [400, 404]))
        }
        return wrong
      },
    },
    {
      name: `${key}: a value that somebody has whom they do not see`,
      run: async () => {
        const mine = world.cases.find((one) => reads(one) && updates(one))
        const other = others[0]
        if (!mine || !other) return []
        const code = `zcode${world.cases.indexOf(other)}`
        const { status, text } = await client.send('PATCH', `/cases/${mine.id}`, { code })
        return [...found('status', status, 409), ...found('tells of it', text.includes(other.id), false)]
      },
    },
  ]
}

/** People from whom a field of cases is hidden, by a role and by a denial. */
function fieldProbes(url: string, world: World): Probe[] {
  return (['hana', 'dora'] as const).map((key) => ({
    name: `${key}: a hidden field`,
    run: async () => {
      const client = clientOf(url, world, key)
      const { id } = world.cases[0]!
      const told: Finding[] = []
      for (const path of [
        '/cases?limit=200',
        `/cases/${id}`,
        `/cases/${id}/history`,
        '/cases/export?format=json',
        '/cases/export?format=csv',
        `/agents/${world.hub}?include=leads`,
        `/agents/${world.hub}/links/leads`,
        '/objects/cases',
        '/workspace',
      ]) {
        const { text } = await client.send('GET', path)
        told.push(...found(path, /zsecret|"secret"/.test(text), false))
      }
      for (const path of [
        '/cases?secret=zsecret0',
        '/cases?secret[empty]=true',
        '/cases?sort=secret',
        '/cases?fields=secret',
        '/cases/export?fields=secret',
        '/agents?leads.secret=zsecret0',
      ]) {
        told.push(...found(path, (await client.send('GET', path)).status, 400))
      }
      for (const body of [{ groupBy: ['secret'] }, { measures: [{ op: 'count', field: 'secret' }] }]) {
        told.push(...found(JSON.stringify(body), (await client.send('POST', '/cases/aggregate', body)).status, 400))
      }
      for (const path of ['/cases?search=zsecret0', '/cases/search?q=zsecret0', '/search?q=zsecret0']) {
        told.push(...found(path, namesIn((await client.send('GET', path)).data), []))
      }
      const visible = await client.send('GET', '/cases?search=zcase0')
      told.push(...found('search by a visible field', namesIn(visible.data), ['zcase0']))
      const written = await client.send('PATCH', `/cases/${id}`, { secret: 'x' })
      told.push(...found('write', written.status, 400))
      const made = await client.send('POST', '/cases', { name: 'zintruder', secret: 'x' })
      told.push(...found('create', made.status, 400))
      if (key === 'hana') {
        const code = await client.send('PATCH', `/cases/${id}`, { code: 'x' })
        told.push(...found('write what is read', code.status, 400))
      }
      return told
    },
  }))
}

/** Somebody whose ways over relations are limited, and somebody who sees no titles. */
function wayProbes(url: string, world: World): Probe[] {
  const [first, second, third] = world.cases
  const walt = clientOf(url, world, 'walt')
  const uma = clientOf(url, world, 'uma')
  const dora = clientOf(url, world, 'dora')
  const statuses =
    (client: ApiClient, expected: Record<string, number>): Probe['run'] =>
    async () => {
      const wrong: Finding[] = []
      for (const [path, status] of Object.entries(expected)) {
        wrong.push(...found(path, (await client.send('GET', path)).status, status))
      }
      return wrong
    }
  return [
    {
      name: 'walt: open ways',
      run: statuses(walt, {
        '/cases?lead.name=Hub': 200,
        '/cases?include=lead,parent': 200,
        '/cases?children.children.name=zcase1': 200,
        '/cases?children.children.children.name=zcase1': 200,
        [`/agents/${world.hub}?include=leads`]: 200,
      }),
    },
    {
      name: 'walt: closed ways',
      run: statuses(walt, {
        '/cases?helpers.name=Hub': 400,
        '/cases?helpers[notEmpty]=true': 400,
        '/cases?include=helpers': 400,
        [`/cases/${first!.id}/links/helpers`]: 404,
        '/cases?lead.motto=zmotto': 400,
        '/cases?lead.leads.name=zcase1': 400,
        '/cases?include=lead.leads': 400,
        '/cases?include=parent.parent': 400,
        '/cases?parent.parent.name=zcase1': 400,
        '/cases?children.children.children.children.name=zcase1': 400,
        '/agents?leads.parent.name=zcase1': 400,
        '/agents?leads.parent[notEmpty]=true': 400,
        [`/agents/${world.hub}?include=leads.parent`]: 400,
      }),
    },
    {
      name: 'walt: what is seen at the end',
      run: async () => {
        const list = await walt.send('GET', `/cases?id=${third!.id}&include=lead,parent`)
        const hub = await walt.send('GET', `/agents/${world.hub}?include=leads`)
        const [record] = list.data
        const { text } = await walt.send('GET', `/cases/${first!.id}/history`)
        return [
          ...found('helpers', 'helpers' in record, false),
          ...found('name of the lead', record.lead?.name, 'Hub'),
          ...found('motto of the lead', 'motto' in (record.lead ?? {}), false),
          ...found('parent', record.parent?.id, second!.id),
          ...found('relations of the parent', ['lead' in record.parent, 'parent' in record.parent], [false, false]),
          ...found(
            'parents of leads',
            hub.data.leads.some((one: Json) => 'parent' in one),
            false,
          ),
          ...found('helpers in the history', text.includes(world.hub) && text.includes('helpers'), false),
        ]
      },
    },
    {
      name: 'walt: writing over a closed way',
      run: async () => {
        const value = await walt.send('PATCH', `/cases/${first!.id}`, { helpers: [] })
        const link = await walt.send('DELETE', `/cases/${first!.id}/links/helpers/${world.hub}`)
        return found('status', [value.status, link.status], [400, 404])
      },
    },
    {
      name: 'dora: a relation that is denied',
      run: statuses(dora, {
        '/cases?include=helpers': 400,
        '/cases?helpers.name=Hub': 400,
        '/cases?include=lead': 200,
      }),
    },
    {
      name: 'uma: no titles at the other side',
      run: async () => {
        const { data, text } = await uma.send('GET', `/cases/${first!.id}`)
        const linked = await uma.send('GET', `/cases/${first!.id}/links/lead`)
        return [
          ...found('title', data.lead?.title, null),
          ...found('anywhere', text.includes('Hub'), false),
          ...found('linked', linked.text.includes('Hub'), false),
        ]
      },
    },
  ]
}

/** Looking at the workspace with the eyes of somebody else. */
function viewingProbes(url: string, world: World): Probe[] {
  const stan = clientOf(url, world, 'stan')
  const olga = clientOf(url, world, 'olga')
  const as = (key: PersonKey | 'owner') => ({ headers: { 'x-oneforge-view-as': world.sessions[key].user.id } })
  return [
    {
      name: 'stan: as olga',
      run: async () => {
        const own = world.cases.filter((one) => one.owner === 'olga').map((one) => one.name)
        const list = await stan.send('GET', '/cases', undefined, as('olga'))
        const query = await stan.send('POST', '/cases/query', {}, as('olga'))
        return [
          ...found('list', namesIn(list.data), own),
          ...found('query', namesIn(query.data), own),
          ...found('header', list.headers.get('x-oneforge-view-as'), world.sessions.olga.user.id),
        ]
      },
    },
    {
      name: 'stan: as olga, writing',
      run: async () => {
        const { id } = world.cases.find((one) => one.owner === 'olga')!
        const change = await stan.send('PATCH', `/cases/${id}`, { remark: 'kept' }, as('olga'))
        const profile = await stan.send('PATCH', '/auth/me', {}, as('olga'))
        return found('status', [change.status, profile.status], [403, 403])
      },
    },
    {
      name: 'who may not view as somebody else',
      run: async () => {
        const beyond = await stan.send('GET', '/cases', undefined, as('owner'))
        const nobody = await olga.send('GET', '/cases', undefined, as('tim'))
        const begin = await stan.send('POST', '/access/view-as', { userId: world.sessions.owner.user.id })
        return found('status', [beyond.status, nobody.status, begin.status], [403, 403, 403])
      },
    },
  ]
}

function administrationProbes(url: string, world: World): Probe[] {
  const dora = clientOf(url, world, 'dora')
  return [
    {
      name: 'dora: a permission that is denied',
      run: async () => {
        const { data } = await dora.send('GET', '/workspace')
        return found('admin', data.permissions.admin, [])
      },
    },
    {
      name: 'dora: somebody else’s rights',
      run: async () => {
        const { id } = world.cases[0]!
        const paths = [`/access/members/${world.sessions.olga.user.id}/effective`, '/access/members', '/access/roles']
        const asked = [...paths, `/cases/${id}/access?user=${world.sessions.olga.user.id}`]
        const statuses = await Promise.all(asked.map(async (path) => (await dora.send('GET', path)).status))
        return found('status', statuses, [403, 403, 403, 403])
      },
    },
  ]
}
