/** People let the system work for them, with a mouse: what they build runs, and what it writes arrives at a real mail server. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openPage, type TestPage } from '../browser.ts'
import { answer } from './answering.ts'
import { openWorld, type World } from './automation.world.ts'
import { type Hands, mouse } from './hands.ts'
import { onboard } from './onboarding.ts'
import { remind } from './reminding.ts'
import { report } from './reporting.ts'

// Each test is a piece of work from its beginning to its end.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 })

let world: World
let browser: TestPage

beforeAll(async () => {
  world = await openWorld()
  browser = await openPage(world.system.url)
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

/** In a window of its own. */
async function work(name: string, live: (hands: Hands, world: World) => Promise<void>): Promise<void> {
  const window = await browser.another()
  const hands = mouse(window.page, name)
  try {
    await live(hands, world)
    expect(window.complaints).toEqual([])
  } catch (error) {
    await hands.look('failed')
    throw error
  } finally {
    await window.close()
  }
}

it('an administrator builds what follows a won deal, tries it, turns it on and watches it', () =>
  work('onboarding', onboard))

it('a customer answers, and is not written to again', () => work('answering', answer))

it('a manager arranges figures and has them mailed each week', () => work('reporting', report))

it('a hospital welcomes, confirms and reminds by itself', () => work('reminding', remind))
