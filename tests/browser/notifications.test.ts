/** Keeping an eye on things: following, favourites, and what one is told of. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { tabTo } from './keyboard.ts'

// Each step looks at several pages in light, in dark and on a phone; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

let system: RunningSystem
let owner: ApiClient
let browser: TestPage
let patient: Json

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ name: 'Ana García', workspace: 'Harbour Clinic', template: 'hospital' })
  patient = await owner.post('/patients', {
    full_name: 'Lena Ortiz',
    date_of_birth: '1980-01-01',
    phone: '+14155550123',
  })
  browser = await openSignedIn(system.url, owner)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

const favourites = () => browser.page.getByRole('region', { name: 'Favourites' })
const links = () => favourites().getByRole('link').allTextContents()

it('follows a record, and shows who else does', async () => {
  const { page, examine } = browser
  await page.goto(`${system.url}/o/patients/${patient.id}`)
  const following = page.getByRole('button', { name: 'Following, 1 follower' })
  await tabTo(following)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('Ana García').waitFor()
  expect(await examine('following')).toEqual([])
  await page.getByRole('button', { name: 'Do not tell me any more' }).click()
  await page.getByText('Nobody follows this').waitFor()
  await page.getByRole('button', { name: 'Tell me of changes' }).click()
  await page.getByText('1 person follows this').waitFor()
  await page.keyboard.press('Escape')
  await following.waitFor()
})

it('keeps records, views and pages at hand, in an order of one’s own', async () => {
  const { page, examine } = browser
  await page.keyboard.press('*')
  await favourites().getByRole('link', { name: 'Lena Ortiz' }).waitFor()
  await page.goto(`${system.url}/settings/objects`)
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  await favourites().getByRole('button', { name: 'Add this page to your favourites' }).click()
  await favourites().getByRole('link', { name: 'Objects' }).waitFor()
  const [view] = await owner.get('/objects/patients/views')
  await page.goto(`${system.url}/o/patients?view=${view.key}`)
  await page.getByRole('heading', { name: 'Patients', level: 1 }).waitFor()
  await favourites().getByRole('button', { name: 'Add this page to your favourites' }).click()
  await favourites().getByRole('link', { name: view.label }).waitFor()
  await expect.poll(links).toEqual(['Lena Ortiz', 'Objects and fields', view.label])
  expect(await examine('favourites')).toEqual([])

  const handle = favourites().getByRole('button', { name: `Move ${view.label}` })
  await handle.focus()
  await page.keyboard.press('Space')
  await expect.poll(() => page.getByText(`${view.label} is at place 3`).count()).toBeGreaterThan(0)
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowUp')
      return page.getByText(`${view.label} is at place 1`).count()
    })
    .toBeGreaterThan(0)
  await page.keyboard.press('Space')
  await expect.poll(links).toEqual([view.label, 'Lena Ortiz', 'Objects and fields'])
  await expect
    .poll(async () => (await owner.get('/favourites')).map(({ label }: Json) => label))
    .toEqual([view.label, 'Lena Ortiz', 'Objects and fields'])
  await favourites().getByRole('button', { name: 'Take this page out of your favourites' }).click()
  await expect.poll(links).toEqual(['Lena Ortiz', 'Objects and fields'])
  expect(browser.complaints).toEqual([])
})
