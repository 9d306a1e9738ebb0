/** A table worked like a spreadsheet: by keys, in ranges, with the clipboard, and taken back. */
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { expectFocus } from './keyboard.ts'

let system: RunningSystem
let client: ApiClient
let browser: TestPage

const bikes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `Bike ${String(index + 1).padStart(3, '0')}`,
    kind: ['road', 'cargo'][index % 2],
    gears: index + 1,
    price: { amount: `${100 + index}.00`, currency: 'EUR' },
    bought: '2026-03-01',
  }))

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ana García', workspace: 'Cycle Shop', template: 'blank' })
  await client.post('/objects', {
    slug: 'makers',
    label: 'Maker',
    labelPlural: 'Makers',
    fields: [{ key: 'name', label: 'Name', type: 'text', required: true }],
  })
  await client.post('/objects', {
    slug: 'bikes',
    label: 'Bike',
    labelPlural: 'Bikes',
    icon: 'bike',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true, sortable: true },
      { key: 'kind', label: 'Kind', type: 'select', options: ['road', 'cargo'] },
      { key: 'gears', label: 'Gears', type: 'integer', rules: { max: 500 } },
      { key: 'price', label: 'Price', type: 'money', currency: 'EUR' },
      { key: 'bought', label: 'Bought', type: 'date' },
      {
        key: 'maker',
        label: 'Maker',
        type: 'relation',
        relation: { object: 'makers', inverse: { key: 'bikes', label: 'Bikes' } },
      },
      { key: 'double', label: 'Twice', type: 'formula', computed: { expression: 'gears * 2', resultType: 'integer' } },
    ],
  })
  await client.post('/makers', { name: 'Acme' })
  await client.post('/bikes/bulk', { records: bikes(60) })
  browser = await openSignedIn(system.url, client)
  await browser.page.goto(`${system.url}/o/bikes?sort=name`)
  await browser.page.getByRole('link', { name: 'Bike 001' }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})
beforeEach(() => {
  browser.complaints.length = 0
  return () => expect(browser.complaints).toEqual([])
})

const columns = ['Name', 'Kind', 'Gears', 'Price', 'Bought', 'Maker', 'Twice']
const row = (number: number) => browser.page.locator(`[role=row][aria-rowindex="${number + 1}"]`)
/** Of the row with that number, the first being 1. */
const cell = (number: number, column: string): Locator =>
  row(number)
    .getByRole('gridcell')
    .nth(columns.indexOf(column) + 1)
const press = async (...keys: string[]) => {
  for (const key of keys) await browser.page.keyboard.press(key)
}
const saved = async (number: number): Promise<Json> =>
  (await client.get(`/bikes?name=Bike ${String(number).padStart(3, '0')}`))[0]
const text = (number: number, column: string) => cell(number, column).innerText()
/** As a spreadsheet leaves it on the clipboard. */
const paste = (plain: string) =>
  browser.page.evaluate((text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    document.activeElement!.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, plain)

describe('cells', () => {
  it('are walked through, typed into and left by keys', async () => {
    await press('j', 'ArrowRight', 'ArrowRight', 'ArrowRight')
    await expectFocus(cell(1, 'Gears'))
    await browser.page.keyboard.type('21')
    await press('Enter')
    await expectFocus(cell(2, 'Gears'))
    await expect.poll(() => text(1, 'Twice')).toBe('42')
    expect((await saved(1)).gears).toBe(21)
    await press('F2')
    await browser.page.keyboard.type('2')
    await press('Escape')
    await expectFocus(cell(2, 'Gears'))
    expect(await text(2, 'Gears')).toBe('2')
    await press('Tab')
    await expectFocus(cell(2, 'Price'))
    await press('Shift+Tab', 'Home')
    await expectFocus(cell(2, 'Name'))
    await press('End')
    await expectFocus(cell(2, 'Twice'))
    await press('Control+ArrowDown')
    await expectFocus(browser.page.getByRole('gridcell', { name: '120', exact: true }))
    await press('Control+Home')
    await expectFocus(cell(1, 'Name'))
    await press('Escape')
    await expectFocus(row(1))
  })

  it('are chosen in ranges, copied, pasted, and taken back in one step', async () => {
    const { page } = browser
    await cell(1, 'Kind').click()
    await press('Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight')
    await page.getByText('2 × 3 cells chosen').waitFor({ state: 'attached' })
    await press('Control+c')
    await page.getByText('Copied 6 cells.').waitFor()
    await cell(5, 'Kind').click()
    await press('Control+v')
    await expect.poll(async () => (await saved(6)).gears).toBe(2)
    expect(await saved(5)).toMatchObject({ kind: 'road', gears: 21, price: { amount: '100.00' } })
    expect(await browser.examine('grid-range')).toEqual([])
    await cell(5, 'Kind').focus()
    await press('Control+z')
    await page.getByText('Took back 4 cells.').waitFor()
    await expect.poll(async () => (await saved(6)).gears).toBe(6)
    expect(await saved(5)).toMatchObject({ kind: 'road', gears: 5, price: { amount: '104.00' } })
    await press('Control+Shift+z')
    await expect.poll(async () => (await saved(6)).gears).toBe(2)
  })

  it('take what a spreadsheet has, and say where it does not fit', async () => {
    const { page } = browser
    await cell(10, 'Kind').click()
    await paste('cargo\t30\t1,250.50\t31/12/2026\tAcme\r\nboat\tmany\t€7\tsoon\tNobody\r\n\t900\t\t\t\r\n')
    const alert = page.getByRole('alert').filter({ hasText: 'cells stayed as they were' })
    await alert.waitFor()
    expect(await alert.innerText()).toContain('“boat” is not among the choices.')
    expect(await saved(10)).toMatchObject({
      kind: 'cargo',
      gears: 30,
      price: { amount: '1250.50', currency: 'EUR' },
      bought: '2026-12-31',
      maker: { title: 'Acme' },
    })
    expect(await saved(11)).toMatchObject({ kind: 'road', gears: 11, price: { amount: '7.00' }, bought: '2026-03-01' })
    expect(await saved(12)).toMatchObject({ kind: null, gears: 12, price: null, bought: null })
    expect(await cell(11, 'Bought').getAttribute('title')).toBe('“soon” is not a date.')
    expect(await cell(12, 'Gears').getAttribute('aria-invalid')).toBe('true')
    expect(await browser.examine('grid-refused')).toEqual([])
  })

  it('are filled down by key and by the handle, and emptied', async () => {
    const { page } = browser
    await cell(20, 'Gears').click()
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d')
    await expect.poll(async () => (await saved(22)).gears).toBe(20)
    await press('Escape', 'Delete')
    await expect.poll(async () => (await saved(20)).gears).toBeNull()
    await cell(14, 'Gears').click()
    await cell(14, 'Gears').locator('[data-fill]').hover()
    await page.mouse.down()
    await cell(15, 'Gears').hover()
    await cell(16, 'Gears').hover()
    await page.mouse.up()
    await expect.poll(async () => (await saved(16)).gears).toBe(14)
    expect((await saved(15)).gears).toBe(14)
  })

  it('are drawn over with the mouse', async () => {
    const { page } = browser
    await cell(2, 'Gears').hover()
    await page.mouse.down()
    await cell(3, 'Price').hover()
    await cell(4, 'Price').hover()
    await page.mouse.up()
    await page.getByText('3 × 2 cells chosen').waitFor({ state: 'attached' })
  })

  it('that somebody else has changed meanwhile are not taken back', async () => {
    const { page } = browser
    await cell(30, 'Gears').click()
    await page.keyboard.type('3')
    await press('Enter')
    await expect.poll(async () => (await saved(30)).gears).toBe(3)
    const { id } = await saved(30)
    await client.patch(`/bikes/${id}`, { gears: 99 })
    await press('Control+z')
    const dialog = page.getByRole('dialog', { name: /was changed meanwhile/ })
    await dialog.getByRole('button', { name: 'Keep what is saved' }).click()
    expect((await saved(30)).gears).toBe(99)
    await expect.poll(() => text(30, 'Gears')).toBe('99')
  })
})

describe('the look of a table', () => {
  it('is set at its columns: pinned, close together, coloured by rules', async () => {
    const { page, examine } = browser
    // From wherever the tests before have scrolled to.
    await cell(30, 'Gears').click()
    await press('Control+Home')
    await expectFocus(cell(1, 'Name'))
    await page.getByRole('button', { name: 'Column Gears' }).click()
    await page.getByRole('menuitem', { name: 'Keep in sight' }).click()
    await expect.poll(() => row(0).getByRole('columnheader').nth(2).innerText()).toBe('Gears')
    await page.getByRole('button', { name: 'Layout: Table' }).click()
    await page.getByRole('menuitem', { name: 'Compact' }).click()
    await expect.poll(async () => (await row(1).boundingBox())?.height).toBe(28)
    await page.getByRole('button', { name: 'Layout: Table' }).click()
    await page.getByRole('menuitem', { name: 'Colours of rows' }).click()
    const dialog = page.getByRole('dialog', { name: 'Colours of rows' })
    await dialog.getByRole('button', { name: 'Add a rule' }).click()
    await dialog.getByRole('textbox', { name: 'Value' }).fill('Bike 00')
    expect(await examine('grid-colours')).toEqual([])
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.waitFor({ state: 'detached' })
    await row(1).getByRole('img', { name: 'Name contains Bike 00' }).waitFor()
    expect(await row(10).getByRole('img', { name: 'Name contains Bike 00' }).count()).toBe(0)
    expect(await examine('grid-look')).toEqual([])
  })
})

describe('groups', () => {
  it('fold, and their records are chosen, edited and moved like others', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Column Kind' }).click()
    await page.getByRole('menuitem', { name: 'Group by this' }).click()
    const table = page.getByRole('treegrid', { name: 'Bikes' })
    const group = (name: RegExp) => table.getByRole('button', { name })
    await group(/^cargo 29/).waitFor()
    await table.getByRole('link', { name: 'Bike 001' }).waitFor()
    expect(await examine('grid-groups')).toEqual([])
    await group(/^road 30/).focus()
    await press('ArrowDown', 'ArrowRight', 'ArrowRight')
    await page.keyboard.type('44')
    await press('Enter')
    await expect.poll(async () => (await saved(1)).gears).toBe(44)
    await table.getByRole('checkbox', { name: 'Select Bike 001' }).click()
    await page.getByRole('region', { name: 'Selected rows' }).getByText('1 selected').waitFor()
    await page
      .getByRole('region', { name: 'Selected rows' })
      .getByRole('button', { name: 'Clear the selection' })
      .click()
    await group(/^road 30/).focus()
    await press('ArrowLeft')
    await table.getByRole('link', { name: 'Bike 001' }).waitFor({ state: 'detached' })
    await press('ArrowDown')
    await expectFocus(group(/^cargo 29/))
  })
})

describe('rows pasted beyond the end of a table', () => {
  it('are offered as new records, and taken back together', async () => {
    const { page, examine } = browser
    const count = async (): Promise<number> => (await client.post('/bikes/count', {})).count
    await page.goto(`${system.url}/o/bikes?q=Bike+060`)
    await cell(1, 'Name').click()
    await paste('Bike 060\troad\r\nBike 061\tcargo\r\nBike 062\troad\r\n')
    const dialog = page.getByRole('dialog', { name: '2 rows did not fit' })
    await dialog.waitFor()
    expect(await examine('grid-beyond')).toEqual([])
    await dialog.getByRole('button', { name: 'Create 2 records' }).click()
    await page.getByText('Created 2 records in Bikes.').waitFor()
    expect(await client.get('/bikes?search=Bike+061')).toMatchObject([{ kind: 'cargo' }])
    expect(await count()).toBe(62)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(count).toBe(60)
  })
})

describe('a search of the list that finds nothing', () => {
  it('names records that are alike, and leaves the view as it is', async () => {
    const { page } = browser
    await client.post('/bikes', { name: 'Greta Lindner' })
    await page.goto(`${system.url}/o/bikes?q=lindnr+greta`)
    await page.getByText('One is alike:').waitFor()
    expect(await page.getByText('Changed', { exact: true }).count()).toBe(0)
    await page.getByRole('link', { name: 'Greta Lindner' }).click()
    await page.getByRole('heading', { name: 'Greta Lindner', level: 1 }).waitFor()
  })
})
