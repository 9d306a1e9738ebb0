/** Keeping an eye on things: following, favourites, and what one is told of. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { moveUntilTold, pressUntilAt, tabTo } from './keyboard.ts'

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
  await moveUntilTold(page, 'ArrowUp', `${view.label} is at place 2`)
  await moveUntilTold(page, 'ArrowUp', `${view.label} is at place 1`)
  await page.keyboard.press('Space')
  await expect.poll(links).toEqual([view.label, 'Lena Ortiz', 'Objects and fields'])
  await expect
    .poll(async () => (await owner.get('/favourites')).map(({ label }: Json) => label))
    .toEqual([view.label, 'Lena Ortiz', 'Objects and fields'])
  await favourites().getByRole('button', { name: 'Take this page out of your favourites' }).click()
  await expect.poll(links).toEqual(['Lena Ortiz', 'Objects and fields'])
  expect(browser.complaints).toEqual([])
})

it('tells what others do, behind the bell and on a page of its own', async () => {
  const { page, examine } = browser
  const ben = await addMember(system, owner.tenantId, ['admin'])
  await system.sql("update users set name = 'Ben Ode' where id = $1", [ben.userId])
  await ben.patch(`/patients/${patient.id}`, { email: 'lena@example.com' })
  await ben.patch(`/patients/${patient.id}`, { phone: '+14155550188' })
  await ben.post(`/patients/${patient.id}/notes`, { body: `Please call her, <@${owner.userId}>` })
  await expect.poll(async () => (await owner.get('/notifications/unread')).unread).toBe(2)
  await page.goto(`${system.url}/`)
  const bell = page.getByRole('button', { name: 'Notifications, 2 unread' })
  await tabTo(bell)
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'Notifications' })
  await panel.getByText('Ben Ode mentioned you on Lena Ortiz').waitFor()
  await panel.getByText('2 changes to Lena Ortiz by Ben Ode').waitFor()
  expect(await examine('bell')).toEqual([])
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor()
  const mention = page.getByRole('link', { name: /mentioned you/ })
  await mention.waitFor()
  expect(await examine('notifications')).toEqual([])
  await pressUntilAt(mention, 'j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Lena Ortiz', level: 1 }).waitFor()
  await page.getByText('@Ana García').waitFor()
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor()
  const { width, height } = page.viewportSize()!
  await page.setViewportSize({ width: 390, height })
  await page.reload()
  await page.getByRole('tab', { name: 'Story', selected: true }).waitFor()
  await page.getByText('@Ana García').waitFor()
  await page.setViewportSize({ width, height })
  // It counts up by itself.
  await ben.post(`/patients/${patient.id}/notes`, { body: 'Called her' })
  // Whoever comes back to the window sees it at once, others within a few seconds.
  await expect.poll(async () => (await owner.get('/notifications/unread')).unread).toBe(2)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await page.getByRole('button', { name: 'Notifications, 2 unread' }).waitFor()
})

it('mentions a colleague while a note is written', async () => {
  const { page } = browser
  const note = page.getByRole('textbox', { name: 'Note' })
  await note.click()
  await page.keyboard.type('Thank you @ben')
  await page.getByRole('option', { name: 'Ben Ode' }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => note.inputValue()).toBe('Thank you @Ben Ode ')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('listitem').filter({ hasText: 'Thank you @Ben Ode' }).waitFor()
  const [{ body, mentions }] = await owner.get(`/patients/${patient.id}/activities`)
  expect(body).toBe(`Thank you <@${mentions[0].id}>`)
})

it('mentions a colleague in the texts of a record', async () => {
  const { page } = browser
  await owner.post('/objects/patients/fields', { key: 'summary', label: 'Summary', type: 'richtext' })
  await page.goto(`${system.url}/o/patients/${patient.id}`)
  await page.getByRole('button', { name: 'Edit Clinical notes' }).click()
  const notes = page.getByRole('textbox', { name: 'Clinical notes' })
  await notes.pressSequentially('Ask @ben')
  await page.getByRole('option', { name: 'Ben Ode' }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => notes.inputValue()).toBe('Ask @Ben Ode ')
  await page.keyboard.press('Enter')
  await page.locator('[data-field=notes]').getByText('Ask @Ben Ode').waitFor()
  await page.getByRole('button', { name: 'Edit Summary' }).click()
  await page.getByRole('button', { name: 'Mention somebody' }).click()
  await page.getByRole('combobox', { name: 'Mention somebody' }).fill('ben')
  await page.getByRole('option', { name: 'Ben Ode' }).click()
  const summary = page.getByRole('textbox', { name: 'Summary' })
  await expect.poll(() => summary.textContent()).toContain('@Ben Ode')
  await summary.press('Control+Enter')
  await page.locator('[data-field=summary]').getByText('@Ben Ode').waitFor()
  const texts = async () => {
    const record = await owner.get(`/patients/${patient.id}`)
    return [record.notes, record.summary]
  }
  await expect
    .poll(texts)
    .toEqual([
      expect.stringMatching(/^Ask <@[0-9a-f-]{36}>$/),
      expect.stringMatching(/^<p>&lt;@[0-9a-f-]{36}&gt; ?<\/p>$/),
    ])
  expect(browser.complaints).toEqual([])
})

it('is told what to tell', async () => {
  const { page, examine } = browser
  await page.goto(`${system.url}/profile#notifications`)
  const section = page.getByRole('region', { name: 'Notifications' })
  await section.getByLabel('By mail: Somebody mentions me').selectOption('Never')
  await section.getByRole('checkbox', { name: /^In the page: A note/ }).uncheck()
  await section.getByRole('switch', { name: 'Follow the records that I made' }).focus()
  await page.keyboard.press('Space')
  await section.getByLabel('Daily mail at').fill('17:30')
  await section.getByLabel('Daily mail at').blur()
  const wishes = async () => {
    const { kinds, dailyAt } = await owner.get('/notifications/preferences')
    return [kinds.mention.mail, kinds.noted.page, dailyAt, (await owner.get('/following/settings')).created]
  }
  await expect.poll(wishes).toEqual(['never', false, '17:30', false])
  expect(await examine('notification-wishes')).toEqual([])
  await page.goto(`${system.url}/notifications`)
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
  await page.getByText('Unread', { exact: true }).click()
  await page.getByRole('heading', { name: 'You have read everything' }).waitFor()
  expect(await examine('notifications-none')).toEqual([])
  expect(browser.complaints).toEqual([])
})
