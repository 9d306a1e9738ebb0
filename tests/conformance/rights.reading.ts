/** Which records each person sees, by every road that shows one, counts them or tells of them. */
import type { ApiClient } from '../client.ts'
import { clientOf, type Finding, found, type Json, namesIn, type Probe } from './rights.findings.ts'
import { type Case, type PersonKey, personOf, type World } from './rights.world.ts'

export function readingProbes(url: string, world: World, key: PersonKey): Probe[] {
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
      name: `${key}: neighbourhood of an agent`,
      run: async () => {
        const { data } = await client.send(
          'GET',
          `/agents/${world.hub}/graph?limit=500&perRelation=100&relations=leads`,
        )
        const others = data.nodes.filter(({ depth }: Json) => depth === 1)
        return found('graph', others.map(({ title }: Json) => title).sort(), names)
      },
    },
    {
      name: `${key}: column over a relation`,
      run: async () => {
        const { data } = await client.send('GET', `/agents/${world.hub}?fields=leads.name`)
        return found('column', [...data['leads.name']].sort(), names)
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
