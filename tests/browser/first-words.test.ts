/** What of a page is drawn before its own code is there: the words are there, and the page puts its own in their place. */
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

let system: RunningSystem
let client: ApiClient
let opened: TestPage

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ida Berg', template: 'hospital', sampleData: true })
  opened = await openSignedIn(system.url, client)
  // It comes when there is time for it, and lines are a little shorter then: both are measured before.
  await opened.page.route(/\/assets\/inter.*\.woff2/, (route) => route.abort())
})
afterAll(async () => {
  await opened?.close()
  await system.stop()
})

const cover = '[inert]:has(main)'

interface Text {
  text: string
  x: number
  y: number
  /** Size, weight and colour. */
  look: string
}

/** All texts in sight inside of an element. */
const textsIn = (page: Page, selector: string): Promise<Text[]> =>
  page.evaluate((within) => {
    const texts: Text[] = []
    const walker = document.createTreeWalker(document.querySelector(within)!, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      const text = node.textContent!.trim()
      const range = document.createRange()
      range.selectNodeContents(node)
      const { x, y, width } = range.getBoundingClientRect()
      const isInSight = width > 0 && x < innerWidth && y > 0 && y < innerHeight
      const parent = node.parentElement!
      if (!text || !isInSight || !parent.checkVisibility({ visibilityProperty: true })) continue
      const { fontSize, fontWeight, color } = getComputedStyle(parent)
      texts.push({ text, x, y, look: [fontSize, fontWeight, color].join(' ') })
    }
    return texts
  }, selector)

/** Opens a page whose own code is held back until its first words were read; answers those, and the page's own. */
async function openHeld(path: string): Promise<{ first: Text[]; own: Text[] }> {
  const { page } = opened
  const held: Route[] = []
  const isOwn = /\/assets\/(start|react)-.*\.js/
  await page.route(isOwn, (route) => void held.push(route))
  await page.goto(system.url + path, { waitUntil: 'commit' })
  await page.locator(`${cover} main`).waitFor()
  // What is counted comes last.
  await page.waitForFunction((within) => !document.querySelector(within)?.textContent?.includes('Counting'), cover)
  await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))))
  const first = await textsIn(page, cover)
  await page.unroute(isOwn)
  await Promise.all(held.map((route) => route.continue()))
  await page.locator(cover).waitFor({ state: 'detached' })
  return { first, own: await textsIn(page, '#root') }
}

/** Those that stand elsewhere on the page, or look otherwise; a text of an input is none of its texts. */
function moved(first: Text[], own: Text[]): string[] {
  const isSame = (one: Text, other: Text) =>
    one.text === other.text &&
    one.look === other.look &&
    Math.abs(one.x - other.x) <= 2 &&
    Math.abs(one.y - other.y) <= 1
  return first
    .filter((one) => !one.text.startsWith('Search ') && !own.some((other) => isSame(one, other)))
    .map(({ text, x, y }) => `${text} at ${Math.round(x)}, ${Math.round(y)}`)
}

it('the home page, a list, a board, a calendar and a record are read before their own code is there, and nothing moves when it is', async () => {
  const { page } = opened
  const [patient] = await client.get('/patients?limit=1&sort=full_name')
  const pages = {
    '/': [expect.stringMatching(/, Ida$/), 'Your first day', 'Invite a colleague', 'Today'],
    '/o/patients': ['Patients', 'All patients', patient.full_name, patient.recordNumber],
    '/o/patients?as=kanban': ['Patients', patient.full_name],
    '/o/appointments?as=calendar': ['Appointments', 'Today', '09:00'],
    [`/o/patients/${patient.id}`]: ['Patients', patient.full_name, patient.recordNumber, 'Full name'],
  }
  await page.evaluate(() => sessionStorage.setItem('verify-reminder-closed', 'true'))
  for (const isPhone of [false, true]) {
    await page.setViewportSize(isPhone ? { width: 390, height: 844 } : { width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: isPhone ? 'dark' : 'light' })
    for (const [path, words] of Object.entries(pages)) {
      const { first, own } = await openHeld(path)
      expect(first.map(({ text }) => text)).toEqual(expect.arrayContaining(isPhone ? words.slice(0, 2) : words))
      expect(moved(first, own), `${path} ${isPhone ? 'on a phone' : ''}`).toEqual([])
    }
  }
  expect(opened.complaints.filter((complaint) => !complaint.includes('.woff2'))).toEqual([])
})

it('whoever signs in next reads nothing of the one before', async () => {
  const { page } = opened
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${system.url}/o/patients`)
  await page.locator('#root').getByRole('grid').waitFor()
  await page.locator('#root').getByRole('button', { name: 'Ida Berg' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('E-mail').waitFor()
  const said: string[] = []
  await page.exposeFunction('saidEarly', (text: string) => said.push(text))
  await page.addInitScript(() =>
    new MutationObserver(() => {
      const early = document.querySelector('[inert]:has(main)')
      if (early) Object.assign(window).saidEarly(early.textContent)
    }).observe(document, { childList: true, subtree: true }),
  )
  await page.goto(`${system.url}/o/patients`)
  await page.getByLabel('E-mail').waitFor()
  expect(said).toEqual([])
})
