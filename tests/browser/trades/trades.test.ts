/** Days of people at work, from signing in to the end: with a mouse, with nothing but keys, and the reception's at a phone. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ApiClient } from '../../client.ts'
import { type RunningSystem, startSystem } from '../../server.ts'
import { openPage, type TestPage } from '../browser.ts'
import { week } from './agent.ts'
import { finger, type Hands, keys, mouse, signInBy } from './hands.ts'
import { bookNow, morning } from './reception.ts'
import { day } from './recruiting.ts'
import { reshape } from './reshaping.ts'

// Each test is a whole day of somebody.
vi.setConfig({ testTimeout: 90_000 })

let system: RunningSystem
let browser: TestPage

beforeAll(async () => {
  system = await startSystem()
  browser = await openPage(system.url)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

interface Work {
  name: string
  template: string
  live(hands: Hands, client: ApiClient): Promise<void>
}

const reception: Work = { name: 'reception', template: 'hospital', live: morning }
const works: Work[] = [
  reception,
  { name: 'recruiting', template: 'recruiting', live: day },
  { name: 'agent', template: 'real-estate', live: week },
  { name: 'reshaping', template: 'real-estate', live: reshape },
]

/** Somebody in a workspace of their own, in a window of their own. */
async function begin({ name, template, live }: Work, take: typeof mouse): Promise<void> {
  const client = await system.register({ name: 'Ana García', workspace: 'Harbour', template, sampleData: true })
  if (live === morning) await bookNow(client)
  const window = await browser.another()
  const hands = take(window.page, name)
  try {
    await signInBy(hands, system.url, client)
    await live(hands, client)
    expect(window.complaints).toEqual([])
  } catch (error) {
    await hands.look('failed')
    throw error
  } finally {
    await window.close()
  }
}

it.each(works)('$name with a mouse', (work) => begin(work, mouse))

it.each(works)('$name by keys alone', (work) => begin(work, keys))

it('reception at a phone', () => begin(reception, finger))
