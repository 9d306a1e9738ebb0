/** The search box of the whole workspace: typed, read, corrected, and gone through with the keys. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem, turnOffWorkflows } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

let system: RunningSystem
let client: ApiClient
let browser: TestPage
let zoe: Json

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Rita Vega', workspace: 'Bay Clinic', template: 'hospital', sampleData: true })
  // Messages to people would be found with them.
  await turnOffWorkflows(client)
  zoe = await client.post('/patients', {
    full_name: 'Zoë Ångström <b>Lindt</b>',
    date_of_birth: '1980-04-30',
    phone: '+61412345678',
    email: 'zoe@example.com',
  })
  browser = await openSignedIn(system.url, client)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})
beforeEach(() => {
  browser.complaints.length = 0
  return () => expect(browser.complaints).toEqual([])
})

const box = () => browser.page.getByPlaceholder('Search records, pages and actions…')

describe('the search box', () => {
  it('finds a record however it is typed, marks what was found, and opens it with Enter', async () => {
    const { page, examine } = browser
    await page.keyboard.press('Control+k')
    await box().fill('angstrom 0412 345')
    const hit = page.getByRole('button', { name: /Zoë Ångström <b>Lindt<\/b>/ })
    await hit.waitFor()
    expect(await hit.locator('mark').allInnerTexts()).toEqual(['Ångström', '412345'])
    await box().fill('sofía')
    await page.locator('mark', { hasText: 'Sofía' }).first().waitFor()
    expect(await examine('search-found')).toEqual([])
    await box().fill('angstrm')
    await page.getByText('Nothing matches “angstrm”. Shown for “angstrom”:').waitFor()
    await hit.waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /Zoë Ångström/ }).waitFor()
    expect(page.url()).toContain(zoe.id)
  })

  it('says what is wrong with a condition, and shows the records opened lately before anything is typed', async () => {
    const { page, examine } = browser
    await expect.poll(async () => (await client.post('/search', { q: '' })).map(({ id }: Json) => id)).toEqual([zoe.id])
    await page.keyboard.press('Control+k')
    await box().fill('stats:new')
    await page.getByText('“stats” is not a field here. Did you mean status?').waitFor()
    expect(await examine('search-refused')).toEqual([])
    // The browser itself notes each refusal.
    expect(browser.complaints.every((line) => line.includes('400'))).toBe(true)
    browser.complaints.length = 0
    await box().fill('')
    await page.getByRole('button', { name: /^Zoë Ångström/ }).waitFor()
    expect(await examine('search-lately')).toEqual([])
    await page.keyboard.press('Escape')
  })
})
