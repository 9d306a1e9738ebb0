/** Workflows on the page: built on the canvas, tried, published, and looked at while they run. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { expectFocus, pressUntilAt } from './keyboard.ts'

// A busy machine takes its time over three pictures of each page.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 })

let system: RunningSystem
let client: ApiClient
let browser: TestPage
let asked: Json
let deal: Json

const note = (id: string, body: string) => ({ id, type: 'create_note', body })

/** Much that forks, so that a picture shows it. */
const branching = (user: string) => ({
  label: { en: 'Large deals' },
  object: 'deals',
  trigger: { type: 'record_created' },
  condition: { field: 'amount', op: 'gt', value: 1000 },
  steps: [
    {
      id: 'ask',
      type: 'approval',
      from: { user },
      message: 'May {{ record.name }} go on?',
      escalateAfter: 'P3D',
      escalateTo: { user },
      approved: [
        {
          id: 'task',
          type: 'create_task',
          title: 'Draw up the contract of {{ record.name }}',
          assignTo: 'owner',
          dueIn: 'P2D',
        },
        { id: 'rest', type: 'wait', for: 'P1D' },
      ],
      rejected: [note('no', 'Nobody wanted it')],
    },
    {
      id: 'large',
      type: 'if',
      condition: { field: 'amount', op: 'gt', value: 50_000 },
      // biome-ignore lint/suspicious/noThenProperty: the branch of a step is called so
      then: [{ id: 'tell', type: 'notify', to: 'owner', message: 'A large one: {{ record.name }}' }],
      else: [],
    },
  ],
})

const greeting = {
  label: { en: 'Greet' },
  object: 'deals',
  trigger: { type: 'button', label: 'Greet the customer' },
  steps: [note('greet', 'Hello from {{ record.name }}')],
}

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  asked = await client.post('/workflows', { definition: branching(client.userId), folder: 'Sales' })
  await client.post('/workflows', { definition: greeting })
  deal = await client.post('/deals', { name: 'Harbour tower', amount: 80_000 })
  browser = await openSignedIn(system.url, client)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})
beforeEach(() => {
  browser.complaints.length = 0
})

/** The tasks from top to bottom. */
async function marks(): Promise<string[]> {
  const cards = await card(/Create a task/).evaluateAll((all) =>
    all.map((one) => ({ id: one.dataset.mark!, top: one.getBoundingClientRect().top })),
  )
  return cards.toSorted((one, other) => one.top - other.top).map(({ id }) => id)
}

async function drag(from: Locator, to: Locator): Promise<void> {
  const { mouse } = browser.page
  const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!]
  await mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await mouse.down()
  await mouse.move(end.x + end.width / 2, end.y + end.height + 20, { steps: 8 })
  await expect.poll(() => browser.page.locator('[data-target]').count()).toBe(1)
  await mouse.up()
}

async function pick(input: string, option: string | RegExp): Promise<void> {
  await browser.page.getByRole('combobox', { name: input, exact: true }).click()
  await browser.page.getByRole('option', { name: option, exact: true }).click()
}

/** The run that a form has begun, once it is over. */
async function answered(): Promise<Json> {
  const definition = {
    title: 'Enquiry',
    steps: [{ id: 'one', questions: [{ id: 'name', kind: 'field', field: 'name' }] }],
    match: { by: 'nothing' },
    thanks: { title: 'Thank you' },
  }
  const form = await client.post('/forms', { name: 'Enquiry', object: 'deals', audience: 'internal', definition })
  await client.patch(`/forms/${form.id}`, { published: true })
  const trigger = { type: 'form_submitted', form: form.id }
  const { id } = await client.post('/workflows', {
    definition: { label: 'Note it', object: 'deals', trigger, steps: [note('note', 'Asked by a form')] },
  })
  const { challenge } = await client.get(`/forms/${form.id}/questions`)
  await client.post(`/forms/${form.id}/submissions`, { token: challenge.token, answers: { name: 'Pier 9' } })
  const runs = () => client.get<Json[]>(`/workflows/${id}/runs`)
  await expect.poll(async () => (await runs())[0]?.state, { timeout: 15_000 }).toBe('done')
  return (await runs())[0]!
}

/** On a phone a run is drawn as small as its widest row needs. */
async function staysWhole(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 })
  const edges = async () => {
    const [one, other] = [page.locator('[data-mark="ask/approved"]'), page.locator('[data-mark="ask/rejected"]')]
    const [start, end] = [(await one.boundingBox())!, (await other.boundingBox())!]
    return start.x > 0 && end.x + end.width < 390
  }
  await expect.poll(edges).toBe(true)
  await page.setViewportSize({ width: 1440, height: 900 })
}

const card = (name: RegExp) => browser.page.locator('[data-mark]').filter({ hasText: name })

describe('automation', () => {
  it('is a list by folder, from which a workflow is made and built step by step', async () => {
    const { page } = browser
    await page.getByRole('link', { name: 'Automation' }).click()
    await page.getByText('1 waiting').waitFor()
    expect(await browser.examine('automation-list')).toEqual([])
    await page.getByRole('button', { name: 'New workflow' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Call large customers')
    await dialog.getByRole('combobox', { name: 'About' }).click()
    await page.getByRole('option', { name: 'Deals' }).click()
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { name: 'Call large customers' }).waitFor()
    await page.getByRole('button', { name: 'Add a step at the beginning' }).click()
    await page.getByRole('combobox', { name: 'Search for a step' }).fill('create a task')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: 'Create a task' })
    await panel.getByLabel('Title', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    const test = page.getByRole('complementary', { name: 'Test' })
    await test.getByRole('button', { name: 'Test', exact: true }).click()
    const problems = page.getByRole('complementary', { name: 'Problems' })
    await expectFocus(problems.getByRole('button', { name: /^Create a task/ }))
    expect(await browser.examine('automation-problems')).toEqual([])
    await page.keyboard.press('Enter')
    await expectFocus(panel.getByLabel('Title', { exact: true }))
    await panel.getByLabel('Title', { exact: true }).fill('Call about ')
    await panel.getByRole('combobox', { name: 'Insert a field into “Title”' }).fill('Name')
    await page.getByRole('option', { name: 'Name', exact: true }).click()
    await panel.getByText('Call about Harbour tower').waitFor()
    await page.getByText('Draft saved').waitFor()
    expect(await browser.examine('automation-step')).toEqual([])
    expect(browser.complaints).toEqual([])
  })

  it('is walked and changed by keys, and what was done is taken back', async () => {
    const { page } = browser
    await card(/Create a task/).focus()
    await page.keyboard.press('d')
    await expect.poll(() => card(/Create a task/).count()).toBe(2)
    const [first, second] = await marks()
    await drag(card(/Create a task/).nth(1), page.getByRole('button', { name: 'Add a step at the beginning' }))
    await expect.poll(marks).toEqual([second, first])
    await card(/Create a task/)
      .first()
      .focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => card(/Create a task/).count()).toBe(1)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(marks).toEqual([first, second])
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(marks).toEqual([second, first])
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(() => card(/Create a task/).count()).toBe(1)
    await card(/Create a task/).focus()
    await page.keyboard.press('ControlOrMeta+c')
    await page.keyboard.press('ControlOrMeta+v')
    await expect.poll(() => card(/Create a task/).count()).toBe(2)
    await page.keyboard.press('Control+z')
    await expect.poll(() => card(/Create a task/).count()).toBe(1)
    await card(/Create a task/).focus()
    await page.keyboard.press('ArrowUp')
    await expectFocus(page.locator('[data-mark="trigger"]'))
    await page.keyboard.press('Enter')
    const inForm = page.getByRole('complementary', { name: 'What begins it' }).locator('input:focus')
    await inForm.first().waitFor()
    await pressUntilAt(page.locator('[data-mark="trigger"]'), 'Escape')
    await page.keyboard.press('a')
    await page.getByRole('combobox', { name: 'Search for a step' }).fill('write a note')
    await page.getByRole('option', { name: /^Write a note/ }).waitFor()
    await page.keyboard.press('Enter')
    await expectFocus(card(/Write a note/))
    await page.getByRole('complementary', { name: 'Write a note' }).waitFor()
    await page.keyboard.press('Delete')
    await expect.poll(() => card(/Write a note/).count()).toBe(0)
  })

  it('is tried with a record and published with what changes', async () => {
    const { page } = browser
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    const panel = page.getByRole('complementary', { name: 'Test' })
    await panel.getByRole('button', { name: 'Test', exact: true }).click()
    await panel.getByText('The record passes: it would run.').waitFor()
    await card(/Create a task.*Done/s).click()
    await panel.getByText('What went in').waitFor()
    await panel.getByRole('button', { name: 'Count' }).click()
    await panel.getByText(/It would have run/).waitFor()
    expect(await browser.examine('automation-test')).toEqual([])
    await page.getByRole('button', { name: 'Publish' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('This is its first version').waitFor()
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await page.getByText(/Version \d is published/).waitFor()
    await expect.poll(() => page.getByRole('switch', { name: 'Workflow is on' }).isChecked()).toBe(true)
    await card(/Create a task/).focus()
    await page.keyboard.press('d')
    await page.getByRole('button', { name: 'Versions' }).click()
    await page.getByRole('button', { name: /Version \d, running/ }).click()
    await page.getByText('Changed since version').first().waitFor()
    expect(await browser.examine('automation-versions')).toEqual([])
    await page.getByRole('button', { name: 'Back to the draft' }).click()
    await page.getByRole('complementary', { name: 'Versions' }).getByRole('button', { name: 'Close' }).click()
    await card(/A record is created/).click()
    await page.getByRole('combobox', { name: 'Runs when' }).click()
    await page.getByRole('option', { name: 'By a schedule' }).click()
    await page.getByText('Next times').waitFor()
    await card(/Mon, Tue, Wed, Thu, Fri at 08:00/).waitFor()
    await pick('How often', 'By a cron line')
    await page.getByLabel('Cron line').fill('*/15 9 * * 1')
    await page.getByText('On Mon, at 09:00, 09:15, 09:30, 09:45').waitFor()
    await pick('How often', /^By a rule/)
    await card(/Every 2 weeks on Mon at 08:00/).waitFor()
    await pick('Days, weeks, months or years', 'months')
    await pick('Day', 'By the weekday')
    await pick('Which one of the month', 'last')
    await pick('Weekday', 'Fri')
    await card(/Every 2 months on the last Fri at 08:00/).waitFor()
    await page.getByText('Draft saved').waitFor()
    expect(await browser.examine('automation-trigger')).toEqual([])
    expect(browser.complaints).toEqual([])
  })

  it('shows its runs on the canvas, and what it asks to whoever decides', async () => {
    const { page } = browser
    await page.goto(`${system.url}/automation/${asked.id}`)
    await card(/Ask for approval.*1 waits/s).waitFor()
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    const test = page.getByRole('complementary', { name: 'Test' })
    await test.getByRole('combobox', { name: 'Ask for approval' }).click()
    await page.getByRole('option', { name: 'Rejected' }).click()
    await test.getByRole('button', { name: 'Test', exact: true }).click()
    await card(/Ask for approval.*Taken as: Rejected/s).waitFor()
    await card(/Write a note.*Done/s).waitFor()
    await page.locator('[data-mark="ask/rejected"][data-way="taken"]').waitFor()
    expect(await browser.examine('automation-assumed')).toEqual([])
    await page.getByRole('button', { name: 'Runs' }).click()
    await page.getByRole('link', { name: /Harbour tower/ }).click()
    await page.getByRole('complementary', { name: 'Ask for approval' }).waitFor()
    await card(/A record is created/).click()
    await page.getByRole('heading', { name: 'What came in' }).waitFor()
    expect(await browser.examine('automation-run')).toEqual([])
    await staysWhole(page)
    await page.getByRole('link', { name: 'To the workflow' }).click()
    await card(/Ask for approval/).waitFor()
    await page.getByRole('link', { name: 'All workflows' }).click()
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByText('Runs are kept for 90 days after their end.').waitFor()
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'How long runs are kept' })
    await dialog.getByLabel('Runs that ended').fill('30')
    await dialog.getByText('Older runs are deleted tonight').waitFor()
    expect(await browser.examine('automation-retention')).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Runs are kept for 30 days after their end. Failed ones for 90 days.').waitFor()
    await page.getByRole('link', { name: 'For me to decide' }).click()
    await page.getByText('May Harbour tower go on?').waitFor()
    await page.getByText(/^Passed on to others too at /).waitFor()
    expect(await browser.examine('automation-approvals')).toEqual([])
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Nothing waits for you').waitFor()
    expect(browser.complaints).toEqual([])
  })

  it('tells what was answered in the form that a run began with', async () => {
    const { page } = browser
    const run = await answered()
    await page.goto(`${system.url}/automation/${run.workflow.id}/runs/${run.id}`)
    await page.getByRole('heading', { name: 'Answers to “Enquiry”, as the record has them now' }).waitFor()
    await page.getByRole('complementary', { name: 'This run' }).getByText('Pier 9').waitFor()
    expect(browser.complaints).toEqual([])
  })

  it('is a button on the records that it is for', async () => {
    const { page } = browser
    await page.goto(`${system.url}/o/deals/${deal.id}`)
    await page.getByRole('button', { name: 'Greet the customer' }).click()
    await page.getByText('Started for 1 record').waitFor()
    await expect
      .poll(async () => JSON.stringify(await client.get<Json[]>(`/deals/${deal.id}/activities`)), { timeout: 15_000 })
      .toContain('Hello from Harbour tower')
    expect(browser.complaints).toEqual([])
  })
})
