/** Views of a list: sorted by levels, grouped with totals, as cards; saved, shared, locked, pinned; by mouse and by keys. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

let system: RunningSystem
let client: ApiClient
let browser: TestPage

const select = (key: string, label: string, values: string[]) => ({ key, label, type: 'select', options: values })

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ana García', workspace: 'Cycle Shop', template: 'blank' })
  await client.post('/objects', {
    slug: 'bikes',
    label: 'Bike',
    labelPlural: 'Bikes',
    icon: 'bike',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true, sortable: true },
      { ...select('kind', 'Kind', ['road', 'gravel', 'cargo']), sortable: true },
      select('state', 'State', ['new', 'used']),
      { key: 'price', label: 'Price', type: 'money', currency: 'EUR', sortable: true },
      { key: 'bought', label: 'Bought', type: 'date' },
    ],
  })
  const records = Array.from({ length: 90 }, (_, index) => ({
    name: `Bike ${String(index).padStart(2, '0')}`,
    ...(index % 10 && { kind: ['road', 'gravel', 'cargo'][index % 3] }),
    state: index % 2 ? 'new' : 'used',
    price: { amount: '100.00', currency: 'EUR' },
    bought: `2026-0${1 + (index % 3)}-15`,
  }))
  await client.post('/bikes/bulk', { records })
  browser = await openSignedIn(system.url, client)
  const { page } = browser
  await page.goto(`${system.url}/o/bikes`)
  await page.getByText('90 Bikes', { exact: true }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})
beforeEach(() => {
  browser.complaints.length = 0
  return () => expect(browser.complaints).toEqual([])
})

const choose = async (button: string, option: string) => {
  await browser.page.getByRole('combobox', { name: button }).click()
  await browser.page.getByRole('option', { name: option, exact: true }).click()
}
const viewItem = async (name: string) => {
  await browser.page.getByRole('button', { name: 'View', exact: true }).click()
  await browser.page.getByRole('menuitem', { name }).click()
}
const saved = async (label: string): Promise<Json> =>
  (await client.get('/objects/bikes/views')).find((view: Json) => view.label === label)

describe('a list', () => {
  it('is sorted by several levels, which the address holds', async () => {
    const { page } = browser
    await page.getByRole('button', { name: 'Sort', exact: true }).click()
    await page.getByRole('button', { name: 'Add a level' }).click()
    await choose('Sort level 1', 'Kind')
    await page.getByRole('button', { name: 'Add a level' }).click()
    await choose('Sort level 2', 'Name')
    await page.getByRole('button', { name: 'Ascending' }).last().click()
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('kind,-name')
    await page.keyboard.press('Escape')
    await page.getByText('Changed', { exact: true }).waitFor()
  })

  it('is grouped by two fields, folded with the keys, with counts and totals of each group', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Totals' }).click()
    await page.getByRole('menuitem', { name: 'Sum of Price' }).click()
    await page.getByText('€9,000.00').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Group', exact: true }).click()
    await choose('Group by', 'Kind')
    await page.keyboard.press('Escape')
    const table = page.getByRole('treegrid', { name: 'Bikes' })
    const group = (name: string) => table.getByRole('button', { name })
    await group('No Kind 9').waitFor()
    expect(
      (await table.getByRole('button', { expanded: true }).allInnerTexts()).map((text) => text.split('\n')[0]),
    ).toEqual(['road', 'gravel', 'cargo', 'No Kind'])
    await table.getByText('Sum of Price €900.00').waitFor()
    await group('No Kind 9').scrollIntoViewIfNeeded()
    await table.getByRole('link', { name: 'Bike 00' }).waitFor()
    expect(await examine('grouped-list')).toEqual([])
    await group('road 27').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => group('road 27').getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => group('gravel 27').evaluate((one) => one === document.activeElement)).toBe(true)

    await page.getByRole('button', { name: 'Group: 1' }).click()
    await choose('Then by', 'Bought')
    await page.keyboard.press('Escape')
    await group('cargo 27').waitFor()
    await expect.poll(() => group('March 2026').count()).toBeGreaterThan(0)
    const address = page.url()
    await page.goto(address)
    await group('No Kind 9').waitFor()
  })

  it('is kept as a view of one’s own, shared with a role, locked and pinned', async () => {
    const { page, examine } = browser
    await viewItem('Save as a new view')
    const naming = page.getByRole('dialog', { name: 'Save as a new view' })
    await naming.getByLabel('Name').fill('By kind')
    await naming.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('tab', { name: 'By kind', selected: true }).waitFor()
    expect(await saved('By kind')).toMatchObject({
      sort: ['kind', '-name'],
      groupBy: 'kind',
      visibility: 'private',
      settings: { thenBy: 'bought', columnSettings: [{ field: 'price', total: 'sum' }] },
    })
    await viewItem('Share and lock…')
    const sharing = page.getByRole('dialog', { name: 'Share “By kind”' })
    await sharing.getByRole('radio', { name: 'People with certain roles' }).click()
    await sharing.getByRole('combobox', { name: 'Roles', exact: true }).click()
    await page.getByRole('option', { name: 'Member' }).click()
    await page.keyboard.press('Escape')
    expect(await examine('share-view')).toEqual([])
    await sharing.getByRole('button', { name: 'Save' }).click()
    await sharing.waitFor({ state: 'detached' })
    expect(await saved('By kind')).toMatchObject({ visibility: 'roles', roles: ['member'], locked: true })
    await viewItem('Pin to sidebar and home')
    const navigation = page.getByRole('navigation', { name: 'Main', exact: true })
    await navigation.getByRole('link', { name: 'By kind' }).waitFor()
    await navigation.getByRole('link', { name: 'Home' }).click()
    const pinned = page.getByRole('main').getByRole('region', { name: 'By kind' })
    await expect.poll(() => pinned.getByRole('listitem').count()).toBe(5)
    expect(await examine('home-with-pinned-view')).toEqual([])
    await pinned.getByRole('link', { name: 'By kind' }).click()
    await page.getByRole('tab', { name: 'By kind', selected: true }).waitFor()
  })

  it('stands as cards, and goes back to what the view keeps', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Layout: Table' }).click()
    await page.getByRole('menuitem', { name: 'Gallery' }).click()
    const cards = page.getByRole('list', { name: 'Bikes' })
    await cards.getByRole('article').first().waitFor()
    expect(await cards.getByRole('article').count()).toBeLessThan(90)
    expect(await examine('gallery')).toEqual([])
    await cards.getByRole('link').first().focus()
    const first = await cards.getByRole('link').nth(1).innerText()
    await page.keyboard.press('ArrowRight')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(first)
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('treegrid', { name: 'Bikes' }).waitFor()
    // A network that fails after the menu has gone.
    await page.route('**/views/*', async (route) => {
      await page.getByRole('menu').waitFor({ state: 'detached' })
      await route.abort()
    })
    await viewItem('Delete the view')
    await page.getByRole('alert').waitFor()
    browser.complaints.length = 0
    await page.unroute('**/views/*')
    await viewItem('Delete the view')
    await expect.poll(() => saved('By kind')).toBeUndefined()
    await page.getByRole('tab', { name: 'By kind' }).waitFor({ state: 'detached' })
  })
})
