/** What the guides say is so: links lead somewhere, pictures are small, examples of filters work. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

const root = resolve(import.meta.dirname, '../..')
const guides = readdirSync(join(root, 'docs/guides')).map((name) => join('docs/guides', name))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe.each(['README.md', ...guides])('%s', (path) => {
  it('links to what is there', () => {
    const targets = [...read(path).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target]) => target!)
    const missing = targets.filter(
      (target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(path), target)),
    )
    expect(missing).toEqual([])
  })
})

it('pictures stay under 200 KB', () => {
  const pictures = readdirSync(join(root, 'docs/pictures'))
  expect(pictures.filter((name) => statSync(join(root, 'docs/pictures', name)).size >= 200_000)).toEqual([])
})

describe('the guide of filters', () => {
  const guide = read('docs/guides/filters.md')
  const addresses = guide.match(/^\/\S+$/gm)!
  const filters = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json!))
  let system: RunningSystem
  let client: ApiClient

  beforeAll(async () => {
    system = await startSystem()
    client = await system.register({ template: 'hospital', sampleData: true })
  })
  afterAll(() => system?.stop())

  it.each(addresses)('gives an address that works: %s', async (address) => {
    expect((await client.send('GET', address)).status).toBe(200)
  })

  it('gives filters in JSON that work', async () => {
    expect(filters).not.toEqual([])
    for (const filter of filters) {
      expect((await client.send('POST', '/patients/query', { filter })).status).toBe(200)
      expect((await client.send('POST', '/patients/count', { filter })).status).toBe(200)
      const counted = { filter, groupBy: ['status'], measures: [{ op: 'count' }] }
      expect((await client.send('POST', '/patients/aggregate', counted)).status).toBe(200)
    }
  })
})
