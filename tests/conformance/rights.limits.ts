/** Hidden fields, closed ways over relations, looking with somebody else's eyes, and administration. */
import type { ApiClient } from '../client.ts'
import { clientOf, type Finding, found, type Json, namesIn, type Probe } from './rights.findings.ts'
import type { PersonKey, World } from './rights.world.ts'

/** People from whom a field of cases is hidden, by a role and by a denial. */
export function fieldProbes(url: string, world: World): Probe[] {
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
export function wayProbes(url: string, world: World): Probe[] {
  const [first, second, third] = world.cases
  const walt = clientOf(url, world, 'walt')
  const uma = clientOf(url, world, 'uma')
  const dora = clientOf(url, world, 'dora')
  const quinn = clientOf(url, world, 'quinn')
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
      name: 'quinn: a relation that only her own cases show',
      run: async () => {
        const list = await quinn.send('GET', '/cases?limit=200')
        const shown = list.data.filter((record: Json) => record.helpers?.length > 0)
        const one = await quinn.send('GET', `/cases/${first!.id}/history`)
        const closed = await statuses(quinn, {
          '/cases?helpers.name=Hub': 400,
          '/cases?helpers[notEmpty]=true': 400,
          '/cases?include=helpers': 400,
          [`/cases/${first!.id}/links/helpers`]: 404,
          [`/agents/${world.hub}?include=helps`]: 400,
          [`/agents/${world.hub}/links/helps`]: 404,
        })()
        return [
          ...found('shown', namesIn(shown), namesIn(world.cases.filter(({ owner }) => owner === 'quinn'))),
          ...found('history', one.text.includes('helpers'), false),
          ...closed,
        ]
      },
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
export function viewingProbes(url: string, world: World): Probe[] {
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

export function administrationProbes(url: string, world: World): Probe[] {
  const dora = clientOf(url, world, 'dora')
  const stan = clientOf(url, world, 'stan')
  return [
    {
      name: 'stan: giving what he does not have',
      run: async () => {
        const { id } = world.sessions.olga.user
        const give = (...keys: string[]) =>
          stan.send('PUT', `/access/members/${id}/roles`, { roles: keys.map((key) => ({ key })) })
        const given = await give('own', 'everyone')
        const oneMore = await give('own', 'remover')
        const invited = await stan.send('POST', '/members/invitations', { email: 'x@example.com', roles: ['everyone'] })
        const action = { effect: 'grant', kind: 'action', object: 'cases', action: 'read', scope: 'all' }
        const excepted = await stan.send('POST', `/access/members/${id}/exceptions`, action)
        const answers = [given, oneMore, invited, excepted]
        return found(
          'status',
          answers.map(({ status }) => status),
          [403, 403, 403, 403],
        )
      },
    },
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
