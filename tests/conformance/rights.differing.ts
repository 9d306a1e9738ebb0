/** Fields that a person sees on some cases and not on others, because each role shows those of the cases it grants. */
import type { ApiClient } from '../client.ts'
import { clientOf, type Finding, found, type Json, namesIn, type Probe } from './rights.findings.ts'
import { type Case, type PersonKey, personKeys, personOf, type World } from './rights.world.ts'

export const differingProbes = (url: string, world: World): Probe[] =>
  personKeys.filter((key) => personOf(key).differs).flatMap((key) => probesOf(clientOf(url, world, key), world, key))

/** What the secrets of cases are, by the number of the case. */
const secretOf = (world: World, one: Case) => `zsecret${world.cases.indexOf(one)}z`

function probesOf(client: ApiClient, world: World, key: PersonKey): Probe[] {
  const { reads, updates } = personOf(key)
  const { sees, writes } = personOf(key).differs!
  const read = world.cases.filter(reads)
  const seen = read.filter(sees)
  const unseen = read.filter((one) => !sees(one))
  const secrets = seen.map((one) => secretOf(world, one)).sort()
  const namesOf = (cases: Case[]) => cases.map((one) => one.name).sort()
  const toldIn = (text: string) => [...new Set(text.match(/zsecret\d+z/g) ?? [])].sort()
  const get = async (path: string) => client.send('GET', path)
  const roads = [
    '/cases?limit=200',
    '/cases?limit=200&cursor=',
    '/cases?limit=200&fields=secret',
    '/cases/export?format=json',
    '/cases/export?format=csv',
    `/agents/${world.hub}?include=leads`,
    `/agents/${world.hub}/links/leads?limit=200`,
  ]
  const one = (record: Case): Probe => ({
    name: `${key}: secret of ${record.name}`,
    run: async () => {
      const expected = sees(record) ? [secretOf(world, record)] : []
      const wrong: Finding[] = []
      for (const road of ['', '/history', '?fields=secret', '?include=lead']) {
        wrong.push(...found(road || 'get', toldIn((await get(`/cases/${record.id}${road}`)).text), expected))
      }
      const { data } = await get(`/cases/${record.id}/access`)
      const access = (field: string) => data.fields.find((rule: Json) => rule.key === field)?.access
      wrong.push(...found('explained', access('secret') !== 'hidden', sees(record)))
      wrong.push(...found('code explained', access('code') === 'write', writes(record)))
      const search = await get(`/cases?search=${secretOf(world, record)}`)
      wrong.push(...found('search', namesIn(search.data), sees(record) ? [record.name] : []))
      const everywhere = await get(`/search?q=${secretOf(world, record)}`)
      wrong.push(...found('search everywhere', namesIn(everywhere.data), sees(record) ? [record.name] : []))
      const equal = await get(`/cases?secret=${secretOf(world, record)}`)
      wrong.push(...found('filter', namesIn(equal.data), sees(record) ? [record.name] : []))
      return wrong
    },
  })
  const change = (record: Case): Probe => ({
    name: `${key}: write on ${record.name}`,
    run: async () => {
      const code = `zcode${world.cases.indexOf(record)}`
      const status = async (body: object) => (await client.send('PATCH', `/cases/${record.id}`, body)).status
      const wrong = [...found('code', await status({ code }), writes(record) ? 200 : 400)]
      if (sees(record)) return wrong
      wrong.push(...found('secret', await status({ secret: 'x' }), 400))
      const bulk = await client.send('PATCH', '/cases/bulk', { ids: [record.id], updates: { secret: 'x' } })
      return [...wrong, ...found('bulk', bulk.data?.updated ?? 0, 0)]
    },
  })
  return [
    ...roads.map((road) => ({
      name: `${key}: secrets by ${road}`,
      run: async () => found(road, toldIn((await get(road)).text), secrets),
    })),
    ...read.map(one),
    ...read.filter(updates).map(change),
    {
      name: `${key}: secrets that are not seen count as absent`,
      run: async () => {
        if (seen.length === 0) return found('filter', (await get('/cases?secret=zsecret0')).status, 400)
        const empty = await get('/cases?limit=200&secret[empty]=true')
        const others = await get('/cases?limit=200&secret[ne]=nothing')
        const like = await get('/cases?limit=200&secret[contains]=zsecret')
        const inHub = await get('/agents?leads.secret=zsecret0')
        return [
          ...found('empty', namesIn(empty.data), namesOf(unseen)),
          ...found('ne', namesIn(others.data), namesOf(read)),
          ...found('contains', namesIn(like.data), namesOf(seen)),
          ...found('over a relation', inHub.status, 400),
        ]
      },
    },
    {
      name: `${key}: order and sums of secrets`,
      run: async () => {
        if (seen.length === 0) return found('sort', (await get('/cases?sort=secret')).status, 400)
        const up = await get('/cases?sort=secret&limit=200')
        const walked: Json[] = []
        for (let cursor: string | null = ''; cursor !== null; ) {
          const page: Json = await get(`/cases?sort=-secret&limit=3&cursor=${cursor}`)
          walked.push(...page.data)
          cursor = page.body.pagination.nextCursor
        }
        const groups = await client.send('POST', '/cases/aggregate', { groupBy: ['secret'] })
        const measures = [{ op: 'count', field: 'secret' }]
        const sums = await client.send('POST', '/cases/aggregate', { measures })
        const groupsSeen = groups.data.map((group: Json) => group.secret).filter(Boolean)
        return [
          ...found(
            'sorted',
            up.data.slice(0, seen.length).map((record: Json) => record.secret),
            secrets,
          ),
          ...found(
            'walked',
            walked.slice(0, seen.length).map((record) => record.secret),
            secrets.toReversed(),
          ),
          ...found('all of them', walked.length, read.length),
          ...found('groups', groupsSeen.sort(), secrets),
          ...found('count', sums.data[0]['count(secret)'], seen.length),
        ]
      },
    },
  ]
}
