/** An administrator reshapes an object that people work with: types, names, what goes, and all of it back again. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { pressSpaceAt, tabTo, typeInto } from './keyboard.ts'

// A busy machine takes its time over three pictures of each page.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 })

let system: RunningSystem
let ana: ApiClient
let other: ApiClient
let browser: TestPage

beforeAll(async () => {
  system = await startSystem()
  ana = await system.register({ name: 'Ana García', workspace: 'Harbour Bikes', template: 'blank' })
  other = await addMember(system, ana.tenantId, ['owner'])
  await model()
  browser = await openSignedIn(system.url, ana)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})
beforeEach(() => {
  browser.complaints.length = 0
  return () => expect(browser.complaints).toEqual([])
})

const toast = (text: string | RegExp) => browser.page.getByRole('alert').filter({ hasText: text })
const dialog = (name: string | RegExp) => browser.page.getByRole('dialog', { name })
const field = async (key: string): Promise<Json> =>
  (await ana.get('/objects/bikes')).fields.find((one: Json) => one.key === key)

/** Bikes in a shop, whose price was written down as words. */
async function model(): Promise<void> {
  await ana.post('/objects', {
    slug: 'bikes',
    label: 'Bike',
    labelPlural: 'Bikes',
    icon: 'bike',
    roles: { title: 'name', stage: 'state' },
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true, searchable: true },
      { key: 'price', label: 'Price', type: 'text' },
      { key: 'wheel', label: 'Wheel size', type: 'integer' },
      { key: 'state', label: 'State', type: 'select', options: ['Offered', 'Reserved', 'Sold'] },
    ],
    rules: [{ key: 'wheels', message: 'A wheel has at least 10 inches', check: 'wheel >= 10' }],
  })
  await ana.send('PATCH', '/objects/bikes/pipelines/main', {
    label: 'Sale',
    stages: [{ value: 'Offered' }, { value: 'Reserved' }, { value: 'Sold', kind: 'won' }],
  })
  await ana.post('/objects/bikes/views', {
    label: 'Reserved ones',
    visibility: 'everyone',
    columns: ['name', 'wheel'],
    sort: ['-wheel'],
    filter: { field: 'state', op: 'eq', value: 'Reserved' },
  })
  await ana.post('/access/roles', {
    label: 'Mechanic',
    objects: { bikes: { read: { scope: 'all', filter: { field: 'wheel', op: 'gt', value: 20 } } } },
  })
  const prices = ['450', '1,290.50', 'on request', '380', 'ask Tom']
  for (const [index, price] of prices.entries()) {
    await ana.post('/bikes', { name: `Bike ${index + 1}`, price, wheel: 20 + index, state: 'Offered' })
  }
}

const openMenu = async (name: string, item: string): Promise<void> => {
  const { page } = browser
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

describe('reshaping an object in use', () => {
  it('gives a field another type after telling what becomes of the values, and takes that back', async () => {
    const { page, examine } = browser
    await page.goto(`${system.url}/settings/objects/bikes`)
    await openMenu('Price', 'Change its type…')
    const drawer = dialog('Another type for “Price”')
    await drawer.getByRole('button', { name: 'Number', exact: true }).click()
    await drawer.getByText('3 of 5 values fit.').waitFor()
    await drawer.getByRole('cell', { name: 'on request' }).waitFor()
    expect(await drawer.getByRole('button', { name: 'Change the type' }).isDisabled()).toBe(true)
    expect(await examine('reshaping-convert')).toEqual([])
    await drawer.getByRole('checkbox').check()
    await drawer.getByRole('button', { name: 'Change the type' }).click()
    await toast('“Price” has its new type').waitFor()
    expect((await field('price')).type).toBe('number')
    expect((await ana.get('/bikes?sort=name'))[1].price).toBe(1290.5)
    await toast('“Price” has its new type').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await field('price')).type).toBe('text')
  })

  it('shows what a field is needed for before it goes, and brings all of it back, by keys alone', async () => {
    const { page, examine } = browser
    await tabTo(page.getByRole('button', { name: 'Actions for Wheel size' }))
    await page.keyboard.press('Enter')
    const item = page.getByRole('menuitem', { name: 'Put away' })
    await item.waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    const ask = dialog('Put “Wheel size” away?')
    await ask.getByText('5 records hold a value').waitFor()
    await ask.getByRole('region', { name: 'Views' }).getByRole('link', { name: 'Reserved ones' }).first().waitFor()
    await ask.getByRole('region', { name: 'Roles' }).getByText('the right is withdrawn').waitFor()
    expect(await examine('reshaping-retire')).toEqual([])
    await pressSpaceAt(ask.getByRole('checkbox'))
    await tabTo(ask.getByRole('button', { name: 'Put away' }))
    await page.keyboard.press('Enter')
    await ask.waitFor({ state: 'hidden' })
    const told = toast('“Wheel size” was put away')
    await told.waitFor()
    const [view] = await ana.get('/objects/bikes/views')
    expect(view.columns).toEqual(['name'])
    await tabTo(told.getByRole('button', { name: 'Undo' }))
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await ana.get('/objects/bikes/views'))[0].columns).toEqual(['name', 'wheel'])
    expect((await ana.get('/objects/bikes')).rules).toHaveLength(1)
  })

  it('gives a field another name for programs, and lists what follows it', async () => {
    const { examine } = browser
    await openMenu('Wheel size', 'Change its name for programs…')
    const ask = dialog('What programs call “Wheel size”')
    await ask.getByRole('region', { name: 'Views' }).waitFor()
    await ask.getByLabel('Name for programs').fill('Wheel')
    await ask.getByText('Begin with a small letter').waitFor()
    await ask.getByLabel('Name for programs').fill('inches')
    expect(await examine('reshaping-rename')).toEqual([])
    await ask.getByRole('button', { name: 'Rename' }).click()
    await ask.waitFor({ state: 'hidden' })
    await toast('is now called inches').waitFor()
    expect((await ana.get('/objects/bikes/views'))[0].columns).toEqual(['name', 'inches'])
    await toast('is now called inches').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await field('wheel'))?.label).toBe('Wheel size')
  })

  it('asks whose change is to stand where another administrator was faster', async () => {
    const { page, examine } = browser
    const change = async (label: string) => {
      await page.getByRole('button', { name: /^Price/ }).click()
      const drawer = dialog('Field: Price')
      await drawer.getByLabel('Section').fill(label)
      await other.patch('/objects/bikes/fields/name', { label: `${label} name` })
      await drawer.getByLabel('Section').press('Enter')
      return dialog('Bikes was changed while you were at it')
    }
    const ask = await change('Mine')
    await ask.getByText(/Member as owner: Changed the field/).waitFor()
    expect(await examine('reshaping-meanwhile')).toEqual([])
    await ask.getByRole('button', { name: 'Save mine' }).click()
    await toast('“Price” was saved').waitFor()
    expect([(await field('price')).section, (await field('name')).label]).toEqual(['Mine', 'Mine name'])
    await (await change('Theirs')).getByRole('button', { name: 'Keep theirs' }).click()
    await dialog('Field: Price').waitFor({ state: 'hidden' })
    expect([(await field('price')).section, (await field('name')).label]).toEqual(['Mine', 'Theirs name'])
    expect(browser.complaints.filter((one) => !one.includes('409'))).toEqual([])
    browser.complaints.length = 0
  })

  it('tells who needs a stage, a pipeline and a role before they go', async () => {
    const { page } = browser
    await page.getByRole('tab', { name: 'Pipelines' }).click()
    await page.getByRole('button', { name: 'Remove stage Reserved' }).click()
    const stage = dialog('Remove the stage “Reserved”?')
    await stage.getByRole('link', { name: 'Reserved ones' }).waitFor()
    await stage.getByRole('checkbox').check()
    await stage.getByRole('button', { name: 'Remove' }).click()
    await toast('The stage “Reserved” was removed').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await ana.get('/objects/bikes')).stages.length).toBe(3)
    await openMenu('Sale', 'Remove pipeline')
    const pipeline = dialog('Remove “Sale”?')
    await pipeline.getByText('5 records stand in one of its stages.').waitFor()
    await pipeline.getByRole('button', { name: 'Cancel' }).click()
    await page.goto(`${system.url}/settings/roles/mechanic`)
    await openMenu('Mechanic', 'Rename')
    await other.patch('/access/roles/mechanic', { description: 'Repairs bikes' })
    await dialog('Rename').getByLabel('Name (English)').fill('Fitter')
    await dialog('Rename').getByRole('button', { name: 'Save' }).click()
    await dialog('Mechanic was changed while you were at it').getByRole('button', { name: 'Keep theirs' }).click()
    await page.getByText('Repairs bikes').first().waitFor()
    await dialog('Rename').waitFor({ state: 'hidden' })
    expect(browser.complaints.filter((one) => !one.includes('409'))).toEqual([])
    browser.complaints.length = 0
    await openMenu('Mechanic', 'Delete')
    await dialog('Delete the role “Mechanic”?').getByRole('button', { name: 'Delete' }).click()
    await toast('The role “Mechanic” was deleted').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await ana.send('GET', '/access/roles/mechanic')).status).toBe(200)
  })

  it('takes an object out of sight only for whoever types its name', async () => {
    const { page } = browser
    await page.goto(`${system.url}/settings/objects/bikes?tab=names`)
    await page.getByRole('button', { name: 'Put this object away' }).click()
    const ask = dialog('Put Bikes away?')
    await ask.getByText('5 records go out of sight.').waitFor()
    await typeInto(ask.getByLabel('Type “Bikes” to put it away'), 'Bikes')
    await page.keyboard.press('Enter')
    await toast('Bikes was put away').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await ana.send('GET', '/objects/bikes')).status).toBe(200)
    expect((await ana.get('/bikes')).length).toBe(5)
  })
})

describe('the history of changes', () => {
  it('lists who changed what, also of one object', async () => {
    const { page, examine } = browser
    await page.goto(`${system.url}/settings/objects/bikes`)
    await page.getByRole('link', { name: 'History', exact: true }).click()
    await page.getByRole('list', { name: 'History of changes' }).getByRole('listitem').nth(5).waitFor()
    expect(await examine('history')).toEqual([])
    await page.getByRole('combobox', { name: 'Person' }).click()
    await page.getByRole('option', { name: 'Member as owner' }).click()
    await expect
      .poll(() => page.getByRole('list', { name: 'History of changes' }).getByRole('listitem').count())
      .toBe(2)
  })

  it('shows a version property by property, and what stands in the way of taking it back', async () => {
    const { page, examine } = browser
    await page.getByRole('link', { name: /“Mine name” of Bikes/ }).click()
    await page.getByRole('cell', { name: 'Mine name' }).waitFor()
    expect(await examine('history-version')).toEqual([])
    await page.getByRole('button', { name: 'Take this back…' }).click()
    const ask = dialog(/^Take version \d+ back\?/)
    await ask.getByText('This stands in the way').waitFor()
    expect(await ask.getByRole('button', { name: 'Take back' }).isDisabled()).toBe(true)
    expect(await examine('history-conflict')).toEqual([])
    await ask.getByRole('link', { name: /^Version/ }).click()
    await page.getByRole('cell', { name: 'Theirs name' }).waitFor()
    await page.getByRole('button', { name: 'Take this back…' }).click()
    await dialog(/^Take version/)
      .getByRole('button', { name: 'Take back' })
      .click()
    await toast('was taken back').waitFor()
    expect((await field('name')).label).toBe('Mine name')
  })

  it('compares two versions, and restores everything with a word on what is lost to sight', async () => {
    const { page, examine } = browser
    await ana.post('/objects/bikes/fields', { key: 'gears', label: 'Gears', type: 'integer' })
    const [bike] = await ana.get('/bikes')
    await ana.patch(`/bikes/${bike.id}`, { gears: 21 })
    await page.goto(`${system.url}/settings/history`)
    const ticks = page.getByRole('checkbox', { name: /^Compare version/ })
    await ticks.nth(0).check()
    await ticks.nth(1).check()
    await page.getByRole('button', { name: 'Compare two' }).click()
    await page.getByText('Added the field “Gears” of Bikes').waitFor()
    expect(await examine('history-compare')).toEqual([])
    await page.goBack()
    await page.getByRole('list', { name: 'History of changes' }).getByRole('link').nth(1).click()
    await page.getByRole('button', { name: 'Restore everything to this…' }).click()
    const ask = dialog(/^Restore everything/)
    await ask.getByText('Gears: 1 record holds a value.').waitFor()
    await ask.getByRole('checkbox').check()
    await ask.getByRole('button', { name: 'Restore' }).click()
    await toast('Everything is as it was').waitFor()
    expect(await field('gears')).toBeUndefined()
    await toast('Everything is as it was').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await field('gears'))?.label).toBe('Gears')
  })
})
