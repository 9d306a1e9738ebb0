/** A day of tasks, calls and meetings: written down on a record's page by keys, told there, and ticked off on the day page. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

// A busy machine takes its time over three pictures of each page.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 })

let system: RunningSystem
let client: ApiClient
let browser: TestPage
let ann: Json

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ana García', workspace: 'Harbour Dental', template: 'blank' })
  ann = await client.post('/contacts', { full_name: 'Ann Example', email: 'ann@example.com' })
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

const open = (path: string) => browser.page.goto(system.url + path)
const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()

describe('the page of a record', () => {
  it('takes a task, a call and a meeting, each a key away, and keeps what was begun', async () => {
    const { page, examine } = browser
    await open(`/o/contacts/${ann.id}`)
    await page.getByRole('textbox', { name: 'Write a note' }).waitFor()
    await page.locator('h1').first().click()
    await page.keyboard.press('t')
    const form = page.getByRole('form', { name: 'New task' })
    await form.getByLabel('Title').fill('Send the estimate')
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.reload()
    await expect.poll(() => form.getByLabel('Title').inputValue()).toBe('Send the estimate')
    expect(await examine('activities-composer')).toEqual([])
    await form.getByLabel('Title').focus()
    await page.keyboard.press('Control+Enter')
    const ahead = page.getByRole('region', { name: 'To do' })
    await ahead.getByRole('link', { name: 'Send the estimate' }).waitFor()
    await page.getByRole('textbox', { name: 'Write a note' }).waitFor()
    await page.locator('h1').first().click()
    await page.keyboard.press('c')
    const call = page.getByRole('form', { name: 'New call' })
    await call.getByLabel('Title').fill('Asked about the price')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('link', { name: 'Asked about the price' }).waitFor()
    const shown = page.getByRole('radiogroup', { name: 'Show' })
    await shown.getByText('Calls', { exact: true }).click()
    await ahead.waitFor({ state: 'detached' })
    await shown.getByText('All', { exact: true }).click()
    await ahead.getByRole('checkbox', { name: 'Done: Send the estimate' }).click()
    await ahead.waitFor({ state: 'detached' })
    await page.getByText('did').first().waitFor()
    expect(await examine('activities-story')).toEqual([])
    const [task] = await client.get('/tasks')
    expect([task.status, task.about[0].id]).toEqual(['Done', ann.id])
  })
})

describe('the day page', () => {
  it('is used by keyboard alone', async () => {
    const { page, examine } = browser
    await open('/day')
    await page.getByText('Done today').waitFor()
    const about = [ann.id]
    await client.post('/tasks', { title: 'Order gloves', due_at: hours(-48), about, priority: 'Urgent' })
    await client.post('/tasks', { title: 'Check the autoclave', due_at: hours(72), recurrence: 'FREQ=WEEKLY' })
    await client.post('/tasks', { title: 'Some day: new chairs' })
    await client.post('/meetings', { title: 'Talk with Ann', starts_at: hours(0.01), ends_at: hours(1), about })
    await page.reload()
    await page.getByRole('region', { name: 'Overdue' }).waitFor()
    await page.keyboard.press('n')
    await page.keyboard.type('Ring the lab')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Today' }).getByRole('link', { name: 'Ring the lab' }).waitFor()
    expect(await examine('activities-day')).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Done: Order gloves')
    await page.keyboard.press('x')
    await page.getByRole('region', { name: 'Done today' }).getByRole('link', { name: 'Order gloves' }).waitFor()
    await expect.poll(async () => (await client.get('/tasks?title=Order gloves'))[0].status).toBe('Done')
    await open('/')
    await page.getByRole('region', { name: 'Today' }).getByRole('link', { name: 'Ring the lab' }).waitFor()
    expect(await examine('activities-home')).toEqual([])
  })
})
