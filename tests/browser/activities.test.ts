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
    await page.locator('dl', { hasText: /Last contacted(now|\d+ seconds ago)/ }).waitFor()
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

describe('what people say about a record', () => {
  it('begins with a template, is pinned, and is commented on', async () => {
    const { page, examine } = browser
    await client.post('/note-templates', { name: 'First visit', body: 'Reason:\nFindings:', objects: ['contacts'] })
    const quiet = await client.post('/contacts', { full_name: 'Quiet Quentin' })
    const task = await client.post('/tasks', {
      title: 'Ring back',
      about: [quiet.id],
      due_at: hours(-26),
      checklist: '[x] look up\n[ ] dial',
    })
    await open(`/o/contacts/${quiet.id}`)
    const note = page.getByRole('textbox', { name: 'Write a note' })
    await page.getByRole('button', { name: 'Begin with a template' }).waitFor()
    await note.pressSequentially('/first')
    await page.getByRole('option', { name: 'First visit' }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => note.inputValue()).toBe('Reason:\nFindings:')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Pin to the top' }).click()
    const pinned = page.getByRole('region', { name: 'Pinned' })
    await pinned.getByText('Findings:').waitFor()
    await pinned.getByRole('button', { name: /^Comment:/ }).click()
    await pinned.getByRole('textbox', { name: /^Write a comment/ }).fill('Which tooth?')
    await page.keyboard.press('Control+Enter')
    await pinned.getByRole('button', { name: /^1 comment:/ }).waitFor()
    const ahead = page.getByRole('region', { name: 'To do' })
    await ahead.getByRole('img', { name: '1 of 2 items done' }).waitFor()
    await client.post(`/tasks/${task.id}/comments`, { body: 'He is away until Monday' })
    await page.reload()
    await ahead.getByRole('button', { name: '1 comment: Ring back' }).click()
    await ahead.getByText('He is away until Monday').waitFor()
    await ahead.getByRole('button', { name: 'Your comment' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await ahead.getByRole('textbox', { name: 'Edit' }).fill('He is away until Tuesday')
    await page.keyboard.press('Control+Enter')
    await ahead.getByText('edited').waitFor()
    await page
      .locator('dl')
      .getByText(/^Overdue · /)
      .waitFor()
    expect(await examine('activities-comments')).toEqual([])
    await open('/o/contacts?view=mine')
    await page.getByText(/^Overdue · /).waitFor()
    await client.post('/objects', {
      ...{ slug: 'rooms', label: 'Room', labelPlural: 'Rooms' },
      fields: [{ key: 'name', label: 'Name', type: 'text', required: true }],
    })
    await open('/settings/objects/rooms?tab=names')
    await page.getByRole('button', { name: 'Add: Next activity' }).click()
    await page.getByText('Is there').waitFor()
    expect(await examine('activities-dates-settings')).toEqual([])
    await open('/settings/note-templates')
    await page.getByRole('list', { name: 'Note templates' }).getByText('First visit').waitFor()
    expect(await examine('activities-note-templates')).toEqual([])
  })

  it('and is ticked off item by item, by keyboard alone', async () => {
    const { page, examine } = browser
    const { id } = await client.post('/tasks', { title: 'Open the house', checklist: ['Lights', 'Coffee'] })
    await open(`/o/tasks/${id}`)
    const list = page.getByRole('list', { name: 'Checklist' })
    await list.getByRole('textbox', { name: 'Item: Coffee' }).click()
    await page.keyboard.press('Control+Enter')
    await list.getByRole('checkbox', { name: 'Done: Coffee', checked: true }).waitFor()
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Alarm')
    await page.keyboard.press('Enter')
    await list.getByRole('textbox', { name: 'Item: Alarm' }).waitFor()
    await page.keyboard.type('Blinds')
    await page.keyboard.press('Tab')
    await list.getByRole('textbox', { name: 'Item: Blinds' }).waitFor()
    await list.getByRole('textbox', { name: 'Item: Lights' }).fill('')
    await page.keyboard.press('Backspace')
    await list.getByRole('textbox', { name: 'Item: Lights' }).waitFor({ state: 'detached' })
    const told = async () => (await client.get(`/tasks/${id}`)).checklist.map(({ text, done }: Json) => [text, done])
    await expect.poll(told).toEqual([
      ['Coffee', true],
      ['Alarm', false],
      ['Blinds', false],
    ])
    expect(await examine('activities-checklist')).toEqual([])
    const details = page.locator('[data-field="recurrence"]')
    await details.getByRole('button', { name: /Repeats/ }).click()
    const choice = page.getByRole('dialog', { name: 'Repeats' })
    await choice.getByRole('button', { name: 'Repeat it' }).click()
    await choice.getByRole('textbox', { name: 'Every', exact: true }).fill('2')
    await choice.getByText('Mon', { exact: true }).click()
    expect(await examine('activities-recurrence')).toEqual([])
    await choice.getByRole('button', { name: 'Done' }).click()
    await details.getByText('Every 2 weeks on Mon').waitFor()
    await expect.poll(async () => (await client.get(`/tasks/${id}`)).recurrence).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO')
    await open('/o/tasks')
    await page.getByRole('img', { name: '1 of 3 items done' }).waitFor()
    expect(await examine('activities-tasks')).toEqual([])
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
