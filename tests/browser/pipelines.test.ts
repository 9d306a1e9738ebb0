/** Pipelines on the page: shaped in the settings, moved through on record and board, told in figures. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { moveUntilTold } from './keyboard.ts'

// A busy machine takes its time over three pictures of each page.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 })

let system: RunningSystem
let client: ApiClient
let browser: TestPage
let deal: Json

const stages = [
  {
    value: 'Lead',
    color: 'gray',
    probability: 10,
    moves: ['Offer', 'Lost'],
    checklist: [
      { key: 'called', label: 'Customer called', required: true },
      { key: 'noted', label: 'Wishes noted' },
    ],
    rottingDays: 7,
  },
  { value: 'Offer', color: 'blue', probability: 50, requires: ['amount'] },
  { value: 'Won', color: 'green', kind: 'won' },
  {
    value: 'Lost',
    color: 'red',
    kind: 'lost',
    reasons: {
      required: true,
      options: [
        { value: 'price', label: 'Too expensive' },
        { value: 'time', label: 'Too slow' },
      ],
    },
  },
]

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ana García', workspace: 'Harbour Roofs', template: 'blank' })
  await client.post('/objects', {
    slug: 'roofs',
    label: 'Roof',
    labelPlural: 'Roofs',
    icon: 'home',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true },
      { key: 'amount', label: 'Amount', type: 'money' },
      { key: 'stage', label: 'Sales', type: 'select', options: stages.map(({ value }) => value), default: 'Lead' },
    ],
    roles: { stage: 'stage', amount: 'amount' },
  })
  await client.send('PATCH', '/objects/roofs/pipelines/main', { label: 'Sales', stages })
  await client.post('/objects/roofs/pipelines', {
    key: 'work',
    label: 'Building',
    field: 'work',
    stages: [
      { value: 'Planned', color: 'cyan' },
      { value: 'Building', color: 'orange' },
      { value: 'Done', color: 'green', kind: 'won' },
    ],
  })
  await client.post('/objects/roofs/views', {
    label: 'Board',
    type: 'kanban',
    groupBy: 'stage',
    visibility: 'everyone',
  })
  const money = (amount: string) => ({ amount, currency: 'USD' })
  const done = { stageMoves: { main: { done: ['called'] } } }
  const lost = { stageMoves: { main: { reason: 'price' } } }
  for (const [index, name] of ['Hill house', 'School', 'Old mill', 'Library', 'Town hall', 'Bakery'].entries()) {
    const made = await client.post('/roofs', {
      name,
      amount: money(`${(index + 1) * 1200}`),
      work: index % 2 ? 'Planned' : null,
    })
    const move = (input: object) => client.call('PATCH', `/roofs/${made.id}`, input)
    if (index > 1) await move({ stage: 'Offer', ...done })
    if (index > 3) await move(index === 4 ? { stage: 'Won' } : { stage: 'Lost', ...lost })
  }
  deal = await client.post('/roofs', { name: 'Light house', work: 'Building' })
  await system.sql("update records set created_at = now() - interval '9 days' where id = $1", [deal.id])
  await system.sql("update stage_stays set entered_at = now() - interval '9 days' where record_id = $1", [deal.id])
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
const stageOf = async (id: string): Promise<string> => (await client.get(`/roofs/${id}`)).stage

describe('pipelines', () => {
  it('are shaped in the settings, stages put in order by keys', async () => {
    const { page, examine } = browser
    await open('/settings/objects/roofs')
    await page.getByRole('tab', { name: 'Pipelines' }).click()
    await page.getByRole('region', { name: 'Sales' }).waitFor()
    expect(await examine('pipelines-settings')).toEqual([])
    const building = page.getByRole('region', { name: 'Building' })
    const handle = building.getByRole('button', { name: 'Move Planned' })
    await handle.focus()
    await page.keyboard.press('Space')
    await moveUntilTold(page, 'ArrowDown', 'Planned is at place 2.')
    await page.keyboard.press('Space')
    await expect
      .poll(async () => (await client.get('/objects/roofs')).pipelines[1].stages.map(({ value }: Json) => value))
      .toEqual(['Building', 'Planned', 'Done'])
    await page.getByRole('region', { name: 'Sales' }).getByRole('button', { name: /^Lead/ }).click()
    const drawer = page.getByRole('dialog', { name: 'Stage “Lead”' })
    await drawer.getByText('Checklist', { exact: true }).waitFor()
    expect(await examine('pipelines-stage')).toEqual([])
    await drawer.getByLabel('Too long after (days)').fill('8')
    await drawer.getByRole('button', { name: 'Save' }).click()
    await drawer.waitFor({ state: 'hidden' })
    expect((await client.get('/objects/roofs')).pipelines[0].stages[0].rottingDays).toBe(8)
  })

  it('made of a field ask which of its options are won and lost', async () => {
    const { page, examine } = browser
    await client.post('/objects/roofs/fields', {
      key: 'claim',
      label: 'Claim',
      type: 'select',
      options: ['Sent', 'Paid', 'Refused'],
    })
    await open('/settings/objects/roofs?tab=pipelines')
    await page.getByRole('button', { name: 'Add pipeline' }).click()
    const dialog = page.getByRole('dialog', { name: 'New pipeline' })
    await dialog.getByLabel('Name (English)').fill('Claims')
    await dialog.getByRole('combobox', { name: 'Stages from' }).click()
    await page.getByRole('option', { name: 'Claim' }).click()
    await dialog.getByRole('radiogroup', { name: 'Meaning of “Paid”' }).getByText('Won').click()
    await dialog.getByRole('radiogroup', { name: 'Meaning of “Refused”' }).getByText('Lost').click()
    expect(await examine('pipelines-new')).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('region', { name: 'Claims' }).waitFor()
    const made = (await client.get('/objects/roofs')).pipelines.at(-1)
    expect(made.stages.map(({ kind }: Json) => kind)).toEqual(['open', 'won', 'lost'])
    await client.delete(`/objects/roofs/pipelines/${made.key}`)
    await open('/settings/objects/roofs?tab=pipelines')
  })

  it('ask where records go when their stage is removed', async () => {
    const { page, examine } = browser
    await page.getByRole('region', { name: 'Building' }).getByRole('button', { name: 'Remove stage Planned' }).click()
    const dialog = page.getByRole('dialog', { name: 'Where do these records go?' })
    await dialog.getByRole('combobox', { name: 'From “Planned” to' }).click()
    await page.getByRole('option', { name: 'Building' }).click()
    expect(await examine('pipelines-replace')).toEqual([])
    await dialog.getByRole('button', { name: 'Remove and move' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect((await client.get('/roofs?work=Building')).length).toBe(4)
    expect(browser.complaints.join()).toContain('409')
    browser.complaints.length = 0
  })

  it('show on the record how long it waits, and ask for what is missing at the move', async () => {
    const { page, examine } = browser
    await open(`/o/roofs/${deal.id}`)
    await page.getByText('9 days in this stage').first().waitFor()
    await page.getByText('Too long: 9 days').first().waitFor()
    expect(await page.getByRole('button', { name: 'Won', exact: true }).isDisabled()).toBe(true)
    expect(await examine('pipelines-record')).toEqual([])
    await page.getByRole('checkbox', { name: 'Wishes noted' }).click()
    await page.getByRole('checkbox', { name: 'Wishes noted', checked: true }).waitFor()
    await page.getByRole('navigation', { name: 'Sales' }).getByRole('button', { name: 'Offer' }).click()
    const dialog = page.getByRole('dialog', { name: 'Move to “Offer”' })
    await dialog.getByRole('checkbox', { name: 'Customer called' }).check()
    expect(await dialog.getByRole('button', { name: 'Move to Offer' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Amount').first().fill('4500')
    expect(await examine('pipelines-move')).toEqual([])
    await dialog.getByRole('button', { name: 'Move to Offer' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => stageOf(deal.id)).toBe('Offer')
    const [first] = await client.get(`/roofs/${deal.id}/stages`)
    expect(first.ticks.map(({ item }: Json) => item).sort()).toEqual(['called', 'noted'])
  })

  it('ask for the reason when a card is moved on the board by keys, in lanes of the second pipeline', async () => {
    const { page, examine } = browser
    const building = [{ value: 'Building', rottingDays: 5 }, { value: 'Done' }]
    expect((await client.send('PATCH', '/objects/roofs/pipelines/work', { stages: building })).status).toBe(200)
    await open('/o/roofs?as=kanban')
    await page.getByText('Light house').waitFor()
    expect(await examine('pipelines-board')).toEqual([])
    await page.getByLabel('Lanes').selectOption('work')
    const lane = page.getByRole('region', { name: 'Building', exact: true })
    await lane.getByText('Light house').waitFor()
    expect(await examine('pipelines-lanes')).toEqual([])
    await page.getByLabel('Lanes').selectOption('')
    await page.getByRole('combobox', { name: 'Columns' }).selectOption('work')
    await page.getByRole('group', { name: 'Light house' }).getByText('Too long: 9 days').waitFor()
    expect(await examine('pipelines-second-board')).toEqual([])
    await page.getByRole('combobox', { name: 'Columns' }).selectOption('stage')
    const card = page.getByRole('group', { name: 'Light house' })
    await card.focus()
    await page.keyboard.press('Space')
    await page.getByText(/^Light house is over /).waitFor({ state: 'attached' })
    for (const where of ['Won', 'Lost']) await moveUntilTold(page, 'ArrowRight', `Light house is over ${where}.`)
    await page.keyboard.press('Space')
    const dialog = page.getByRole('dialog', { name: 'Move to “Lost”' })
    await dialog.getByRole('combobox', { name: 'Reason' }).click()
    await page.getByRole('option', { name: 'Too slow' }).click()
    await dialog.getByLabel('Note').fill('Next year perhaps')
    await dialog.getByRole('button', { name: 'Move to Lost' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => stageOf(deal.id)).toBe('Lost')
    const lost = (await client.get(`/roofs/${deal.id}/stages`)).find(({ stage }: Json) => stage === 'Lost')
    expect(lost).toMatchObject({ reason: 'time', note: 'Next year perhaps' })
  })

  it('tell in the story of the record how long it waited, why it went and what was ticked', async () => {
    const { page, examine } = browser
    await open(`/o/roofs/${deal.id}`)
    await page.getByText('after 9 days').waitFor()
    await page.getByText('Too slow: Next year perhaps').nth(1).waitFor()
    await page.getByText('ticked off').filter({ hasText: 'Wishes noted' }).getByText('in Lead').waitFor()
    expect(await examine('pipelines-story')).toEqual([])
    await open('/o/roofs?as=kanban')
  })

  it('say before an import what they would refuse', async () => {
    const { page, examine } = browser
    await open('/o/roofs/import')
    await page.getByLabel('Choose a file to import').first().waitFor()
    const content = 'Name,Sales\nFarm,Offer\nBarn,Lost\nShed,Lead\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'roofs.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
    await page.getByRole('button', { name: 'Look at the rows' }).click()
    await page.getByText('Amount: is required to enter “Offer”').waitFor()
    await page.getByText('is required to enter “Lost”').waitFor()
    await page.getByText('2 of the first 3 rows have a problem').waitFor()
    expect(await examine('pipelines-import')).toEqual([])
    await open('/o/roofs?as=kanban')
    await page.getByText('Light house').waitFor()
  })

  it('tell in figures what came, went on and was lost, and lead to the records', async () => {
    const { page, examine } = browser
    await page.getByRole('link', { name: 'Figures' }).click()
    await page.getByRole('heading', { name: 'Came into each stage' }).waitFor()
    await page.getByText('Too slow').waitFor()
    expect(await examine('pipelines-figures')).toEqual([])
    await page.getByLabel('Grouped by').selectOption('month')
    await page.getByRole('rowheader', { name: new Date().getUTCFullYear().toString() }).first().waitFor()
    await page
      .getByRole('row', { name: /^Offer/ })
      .getByRole('link')
      .click()
    await page.getByText('Old mill').waitFor()
    expect(page.url()).toContain('/o/roofs?')
  })
})
