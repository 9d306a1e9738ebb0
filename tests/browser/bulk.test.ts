/** Many records changed together, watched, taken back, and removed for good. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { choose, pressUntilAt, tabTo } from './keyboard.ts'

// A busy machine takes its time over three pictures of each page.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 })

const count = 450

let system: RunningSystem
let client: ApiClient
let browser: TestPage

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
      { key: 'tags', label: 'Tags', type: 'tags' },
      { key: 'area', label: 'Area', type: 'integer', rules: { max: 900 } },
      { key: 'material', label: 'Material', type: 'select', options: ['Slate', 'Tile', 'Tin'] },
    ],
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

const open = (path: string) => browser.page.goto(system.url + path)
const bar = () => browser.page.getByRole('region', { name: 'Selected rows' })
const toast = (text: string) => browser.page.getByRole('alert').filter({ hasText: text })
const materials = async (): Promise<(string | null)[]> => {
  const rows = await system.sql<{ material: string | null }>(
    `select distinct data ->> 'material' as material from records where deleted_at is null and title like 'Roof %' order by 1`,
  )
  return rows.map(({ material }) => material)
}

async function openRecent(): Promise<void> {
  const { page } = browser
  await page.getByRole('button', { name: 'More for this list' }).click()
  await page.getByRole('menuitem', { name: 'Recent bulk changes' }).click()
  await page.getByRole('dialog', { name: 'Recent bulk changes of Roofs' }).waitFor()
}

async function openList(): Promise<void> {
  await open('/o/roofs?sort=name')
  await browser.page.getByRole('row').filter({ hasText: 'Roof 001' }).waitFor()
}

async function selectAll(): Promise<void> {
  const { page } = browser
  await openList()
  await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click()
  await page.getByRole('button', { name: `Select all ${count}` }).click()
  await page.getByText(`All ${count} selected`).waitFor()
}

describe('many records', () => {
  it('have no history of changes at first', async () => {
    await open('/o/roofs')
    await browser.page.getByRole('heading', { name: 'No Roofs yet' }).waitFor()
    await openRecent()
    await browser.page.getByText('No bulk changes yet').waitFor()
    expect(await browser.examine('bulk-none')).toEqual([])
  })

  it('are chosen and changed by keys alone, and become what they were', async () => {
    const { page, examine } = browser
    const records = Array.from({ length: count }, (_, n) => {
      return { name: `Roof ${String(n + 1).padStart(3, '0')}`, material: 'Slate', tags: ['old'], area: n }
    })
    await client.post('/roofs/bulk', { records })
    await openList()
    const chosen = page.getByRole('checkbox', { name: 'Select row', checked: true })
    for (let rows = 1; rows <= 3; rows++) {
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await expect.poll(() => bar().getByRole('status').textContent()).toBe(`${rows} selected`)
    }
    await pressUntilAt(bar().getByRole('button', { name: 'Change a field' }), 'Tab')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Change 3 records' })
    await choose(dialog.getByRole('combobox', { name: 'Field' }), 'Tags')
    await tabTo(dialog.getByRole('radio', { name: 'Replace' }))
    await page.keyboard.press('ArrowRight')
    await dialog.getByRole('radio', { name: 'Add', checked: true }).waitFor({ state: 'attached' })
    await page.keyboard.press('Tab')
    await page.keyboard.type('new')
    await page.keyboard.press('Enter')
    expect(await examine('bulk-edit')).toEqual([])
    await tabTo(dialog.getByRole('button', { name: 'Change 3 records' }))
    await page.keyboard.press('Enter')
    await toast('Changed 3 records.').waitFor()
    expect((await client.get('/roofs?sort=name&limit=4')).map(({ tags }: { tags: string[] }) => tags)).toEqual([
      ['old', 'new'],
      ['old', 'new'],
      ['old', 'new'],
      ['old'],
    ])
    expect(await chosen.count()).toBe(0)
    await tabTo(toast('Changed 3 records.').getByRole('button', { name: 'Undo' }))
    await page.keyboard.press('Enter')
    await toast('3 records are as they were.').waitFor()
  })

  it('all of a list are changed by a job that is watched through a reload, and taken back', async () => {
    const { page, examine } = browser
    await selectAll()
    await bar().getByRole('button', { name: 'Change a field' }).click()
    const dialog = page.getByRole('dialog', { name: `Change ${count} records` })
    await choose(dialog.getByRole('combobox', { name: 'Field' }), 'Material')
    await dialog.getByLabel('Material').click()
    await page.getByRole('option', { name: 'Tin' }).click()
    // Somebody holds one of the records for a while.
    await system.sql('begin')
    await system.sql(`select id from records where title = 'Roof ${count}' for update`)
    await dialog.getByRole('button', { name: `Change ${count} records` }).click()
    const running = page.getByRole('progressbar', { name: 'Changing records:' })
    await running.waitFor()
    await page.reload()
    await running.waitFor()
    expect(await examine('bulk-running')).toEqual([])
    await system.sql('commit')
    await toast(`Changed ${count} records.`).waitFor()
    expect(await materials()).toEqual(['Tin'])
    await openRecent()
    const recent = page.getByRole('dialog', { name: 'Recent bulk changes of Roofs' })
    await recent.getByText(`Changed ${count} records: Material`).waitFor()
    expect(await examine('bulk-recent')).toEqual([])
    await recent.getByRole('listitem').filter({ hasText: ': Material' }).getByRole('button', { name: 'Undo' }).click()
    await toast(`${count} records are as they were.`).waitFor()
    expect(await materials()).toEqual(['Slate'])
  })

  it('that refuse a change say why', async () => {
    const { page, examine } = browser
    await openList()
    const [first] = await client.get('/roofs?sort=name&limit=1')
    await client.delete(`/roofs/${first.id}`)
    await page.getByRole('row').filter({ hasText: 'Roof 001' }).getByRole('checkbox').click()
    await bar().getByRole('button', { name: 'Owner' }).click()
    const dialog = page.getByRole('dialog', { name: 'Owner of 1 record' })
    await dialog.getByRole('button', { name: 'Clear in 1 record' }).click()
    await toast('1 record stays as it is:').waitFor()
    expect(await examine('bulk-refused')).toEqual([])
    await client.post(`/roofs/${first.id}/restore`)
  })

  it('go to the trash after a question, and from there for good', async () => {
    const { page, examine } = browser
    await selectAll()
    await bar().getByRole('button', { name: 'Delete' }).click()
    const question = page.getByRole('dialog', { name: `Delete ${count} records?` })
    await question.getByRole('button', { name: 'Delete' }).click()
    await toast(`Deleted ${count} records.`).waitFor()
    await open('/o/roofs/trash')
    await page.getByRole('heading', { name: 'Trash: Roofs' }).waitFor()
    await page.getByRole('checkbox', { name: 'Choose Roof 450' }).click()
    expect(await examine('bulk-trash')).toEqual([])
    await page.getByRole('button', { name: 'Remove 1 for good' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove 1 for good' }).click()
    await toast('Removed one record for good.').waitFor()
    await page.getByRole('button', { name: 'Empty the trash' }).click()
    const last = page.getByRole('dialog', { name: 'Remove everything in this trash for good?' })
    await last.getByRole('button', { name: 'Empty the trash' }).click()
    await toast(`Removed ${count - 1} records for good.`).waitFor()
    await page.getByRole('heading', { name: 'The trash is empty' }).waitFor()
    expect(await system.sql(`select 1 from records where title like 'Roof %'`)).toEqual([])
  })
})
