/** A trade modelled by an administrator who cannot code: fields, rules and links, and what people meet of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { choose, expectFocus, pressSpaceAt, pressUntilAt, tabTo, typeInto } from './keyboard.ts'

// Each step looks at several pages in light, in dark and on a phone; a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

let system: RunningSystem
let ana: ApiClient
let browser: TestPage
const ids: Record<string, string> = {}

beforeAll(async () => {
  system = await startSystem()
  ana = await system.register({ name: 'Ana García', workspace: 'Vineyard', template: 'blank' })
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

const open = (path: string) => browser.page.goto(system.url + path)
const toast = (text: string | RegExp) => browser.page.getByRole('alert').filter({ hasText: text })

/** Wineries, their wines and orders of them: enough to compute over. */
async function model(): Promise<void> {
  const named = (slug: string, label: string, labelPlural: string, icon: string, more: object[] = []) =>
    ana.post('/objects', {
      slug,
      label,
      labelPlural,
      icon,
      roles: { title: 'name' },
      fields: [{ key: 'name', label: 'Name', type: 'text', required: true, searchable: true, sortable: true }, ...more],
    })
  await named('wineries', 'Winery', 'Wineries', 'building', [
    { key: 'region', label: 'Region', type: 'text' },
    { key: 'founded', label: 'Founded', type: 'integer' },
  ])
  await named('wines', 'Wine', 'Wines', 'bottle', [
    { key: 'price', label: 'Price', type: 'money', currency: 'EUR' },
    { key: 'stock', label: 'Bottles in stock', type: 'integer' },
    { key: 'style', label: 'Style', type: 'select', options: ['Red', 'White', 'Sparkling'] },
    { key: 'sugar', label: 'Sugar', type: 'number' },
    { key: 'organic', label: 'Organic', type: 'boolean' },
    { key: 'certified_on', label: 'Certified on', type: 'date' },
    {
      key: 'winery',
      label: 'Winery',
      type: 'relation',
      relation: { object: 'wineries', inverse: { key: 'wines', label: 'Wines' } },
    },
    {
      key: 'partners',
      label: 'Partners',
      type: 'relation',
      relation: {
        object: 'wineries',
        others: ['companies'],
        many: true,
        inverse: { key: 'partner_wines', label: 'Partner in' },
        attributes: [{ key: 'share', label: 'Share', type: 'percent' }],
        primary: true,
      },
    },
    { key: 'worth', label: 'Worth', type: 'formula', computed: { expression: 'price * stock' } },
  ])
  ids.sol = (await ana.post('/wineries', { name: 'Bodega Sol', region: 'Rioja', founded: 1890 })).id
  ids.luna = (await ana.post('/wineries', { name: 'Casa Luna', region: 'Priorat', founded: 1990 })).id
  const wine = (name: string, price: string, stock: number, winery: string) =>
    ana.post('/wines', { name, price, stock, winery, style: 'red' })
  ids.reserva = (await wine('Reserva', '18.50', 120, ids.sol!)).id
  ids.crianza = (await wine('Crianza', '9.90', 600, ids.sol!)).id
  ids.garnatxa = (await wine('Garnatxa', '24.00', 80, ids.luna!)).id
}

describe('a formula', () => {
  it('is helped along, tried and marked while it is typed', async () => {
    const { page, examine } = browser
    await open('/settings/objects/wines')
    await page.getByRole('button', { name: 'Add field' }).click()
    await pressSpaceAt(page.getByRole('button', { name: /^Formula/ }))
    await expectFocus(page.getByLabel('Name (English)'))
    await page.keyboard.type('Value in stock')
    // Esc over what was typed is a question first.
    const asked = page.waitForEvent('dialog')
    const pressed = page.keyboard.press('Escape')
    expect((await asked).message()).toBe('Close without saving what you have entered?')
    await (await asked).dismiss()
    await pressed
    const formula = page.getByRole('textbox', { name: 'Formula' })
    await formula.click()
    await page.keyboard.type('pri')
    await page.getByRole('option', { name: /^price/ }).waitFor()
    expect(await examine('formula-suggestions')).toEqual([])
    await page.keyboard.press('Enter')
    await page.keyboard.type(' * stok')
    await page.getByText(/At character/).waitFor()
    expect(await examine('formula-problem')).toEqual([])
    await page.keyboard.press('Backspace')
    await page.keyboard.type('ck')
    await page.getByRole('status').or(page.locator('output')).filter({ hasText: '1,920.00' }).waitFor()
    expect(await formula.inputValue()).toBe('price * stock')
    expect(await examine('formula')).toEqual([])
    await formula.fill('price * sugar')
    await page.getByText('because “Sugar” is empty').waitFor()
    expect(await examine('formula-empty')).toEqual([])
    await page.getByRole('button', { name: 'Count empty as 0' }).click()
    expect(await formula.inputValue()).toBe('price * coalesce(sugar, 0)')
    await formula.fill('price * stock')
    await page.locator('output').filter({ hasText: '1,920.00' }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Add field' }).click()
    await toast('“Value in stock” was saved').waitFor()
    const { fields } = await ana.get('/objects/wines')
    expect(fields.at(-1)).toMatchObject({ key: 'value_in_stock', type: 'formula', resultType: 'money' })
    expect(await examine('fields')).toEqual([])
  })
})

describe('a rollup', () => {
  it('counts over a link, some of the records only', async () => {
    const { page, examine } = browser
    await open('/settings/objects/wineries')
    await page.getByRole('button', { name: 'Add field' }).click()
    await pressSpaceAt(page.getByRole('button', { name: /^Rollup/ }))
    await typeInto(page.getByLabel('Name (English)'), 'Dear wines')
    await choose(page.getByRole('combobox', { name: 'Over the link' }), 'Wines')
    await pressSpaceAt(page.getByRole('switch', { name: 'Only some of the Wines' }))
    const only = page.getByRole('group', { name: 'Only some of the Wines' })
    await only.getByRole('combobox', { name: 'Field' }).click()
    await page.getByRole('option', { name: 'Price' }).click()
    await only.getByRole('combobox', { name: 'Comparison' }).click()
    await page.getByRole('option', { name: 'is greater than' }).click()
    await typeInto(only.getByRole('textbox', { name: 'Value' }), '15')
    expect(await examine('rollup')).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Add field' }).click()
    await toast('“Dear wines” was saved').waitFor()
    await expect.poll(async () => (await ana.get(`/wineries/${ids.sol}`)).dear_wines).toBe(1)
  })
})

describe('a link', () => {
  it('is said from both sides, with what is said of each link', async () => {
    const { page, examine } = browser
    await open('/settings/objects/wines')
    await page.getByRole('button', { name: 'Add field' }).click()
    await pressSpaceAt(page.getByRole('button', { name: /^Link/ }))
    await typeInto(page.getByLabel('Name (English)'), 'Growers')
    await choose(page.getByRole('combobox', { name: 'Links to', exact: true }), 'Wineries')
    await choose(page.getByRole('combobox', { name: 'Links to', exact: true }), 'Companies')
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: 'One Wine links to' }).click()
    await page.getByRole('option', { name: 'several' }).click()
    await page.getByText('Each Wine has any number of “Growers” (Winery or Company).').waitFor()
    await pressSpaceAt(page.getByRole('checkbox', { name: 'One of them can be the primary one' }))
    const attributes = page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true })
    await pressSpaceAt(attributes)
    await page.getByRole('textbox', { name: 'Name in English' }).fill('Share')
    await page.getByRole('combobox', { name: 'Type of “Share”' }).click()
    await page.getByRole('option', { name: 'Percent' }).click()
    expect(await examine('relation')).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Add field' }).click()
    await toast('“Growers” was saved').waitFor()
    const { fields } = await ana.get('/objects/wines')
    expect(fields.at(-1).relation).toMatchObject({
      object: 'wineries',
      others: ['companies'],
      many: true,
      primary: true,
    })
  })
})

describe('conditions', () => {
  it('are said in plain words', async () => {
    const { page, examine } = browser
    await open('/settings/objects/wines')
    await page.getByRole('button', { name: /^Certified on/ }).click()
    await pressSpaceAt(page.getByRole('switch', { name: 'Shown only while …' }))
    const shown = page.getByRole('group', { name: 'Shown only while …' })
    await shown.getByRole('combobox', { name: 'Field' }).click()
    await page.getByRole('option', { name: 'Organic' }).click()
    await shown.getByRole('combobox', { name: 'Value' }).click()
    await page.getByRole('option', { name: 'yes' }).click()
    await shown.scrollIntoViewIfNeeded()
    expect(await examine('conditions')).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await toast('“Certified on” was saved').waitFor()
    const { fields } = await ana.get('/objects/wines')
    const field = fields.find(({ key }: { key: string }) => key === 'certified_on')
    expect(field.conditions.visible).toMatchObject({ field: 'organic', op: 'eq', value: true })
  })
})

describe('rules', () => {
  it('count the records that break them before they are saved', async () => {
    const { page, examine } = browser
    await open('/settings/objects/wines')
    await page.getByRole('tab', { name: 'Rules' }).click()
    expect(await examine('rules-none')).toEqual([])
    await page.getByRole('button', { name: 'Add rule' }).click()
    await typeInto(page.getByLabel('Message (English)'), 'A wine costs at least 10 euros')
    await page.getByRole('dialog').getByText('By formula').click()
    await typeInto(page.getByRole('textbox', { name: 'Formula' }), 'price >= 10')
    await page.getByRole('dialog').getByText('(Yes or no)').waitFor()
    await page.getByRole('button', { name: 'How many records break it?' }).click()
    await page.getByRole('button', { name: '1 of 3 records breaks it' }).click()
    await page.getByRole('link', { name: 'Crianza' }).waitFor()
    expect(await examine('rule')).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await toast('The rule was saved').waitFor()
    expect((await ana.get('/objects/wines')).rules).toHaveLength(1)
    await page.getByRole('switch', { name: /is in force$/ }).click({ force: true })
    await expect.poll(async () => (await ana.get('/objects/wines')).rules[0].active).toBe(false)
  })

  it('keep several fields together from repeating', async () => {
    const { page, examine } = browser
    // The dialog opens before the page has heard what its own change of a moment ago has made of the object.
    const heard = Promise.withResolvers<void>()
    await page.route(/\/objects\/wines$/, async (route) => {
      if (route.request().method() === 'GET') await heard.promise
      await route.continue()
    })
    await page.getByRole('switch', { name: /is in force$/ }).click({ force: true })
    await expect.poll(async () => (await ana.get('/objects/wines')).rules[0].active).toBe(true)
    await page.getByRole('button', { name: 'Add unique fields' }).click()
    heard.resolve()
    const dialog = page.getByRole('dialog', { name: 'Add unique fields' })
    const fields = dialog.getByRole('combobox', { name: 'Fields' })
    await choose(fields, 'Name')
    await choose(fields, 'Winery')
    await page.keyboard.press('Escape')
    await dialog.getByRole('checkbox', { name: 'Accents make no difference' }).check()
    expect(await examine('unique-key')).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: /^Name \+ Winery/ }).waitFor()
    expect(await examine('rules')).toEqual([])
  })

  it('say how records are numbered, with the next numbers at hand', async () => {
    const { page, examine } = browser
    await page.getByRole('tab', { name: 'Numbering' }).click()
    const year = new Date().getFullYear()
    await page.getByRole('textbox', { name: 'Pattern' }).fill('W-{YYYY}-')
    await page.getByText('It needs exactly one counter').waitFor()
    await page.getByRole('button', { name: 'Counter {0001}' }).click()
    await page.getByText(`W-${year}-0001, W-${year}-0002`).waitFor()
    expect(await examine('numbering')).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await toast('The object was saved').waitFor()
    expect((await ana.get('/objects/wines')).numbering.pattern).toBe('W-{YYYY}-{0001}')
  })
})

describe('a form', () => {
  it('follows what is typed: fields come and go, are locked, and say what is wrong', async () => {
    const { page, examine } = browser
    await ana.patch('/objects/wines', {
      rules: [
        {
          key: 'red_is_dry',
          message: 'A red wine has at most 4 grams of sugar',
          when: { field: 'style', op: 'eq', value: 'Red' },
          check: { field: 'sugar', op: 'lte', value: 4 },
          field: 'sugar',
        },
        { key: 'dear', message: 'A wine costs at most 500 euros', check: 'price <= 500' },
      ],
    })
    await ana.patch('/objects/wines/fields/style', {
      conditions: {
        options: [{ when: { field: 'winery.region', op: 'eq', value: 'Rioja' }, values: ['Red', 'White'] }],
      },
    })
    await ana.patch('/objects/wines/fields/certified_on', {
      conditions: { visible: { field: 'organic', op: 'eq', value: true } },
    })
    await ana.patch('/objects/wines/fields/stock', {
      conditions: { required: { field: 'organic', op: 'eq', value: true } },
    })
    await open('/o/wines?create=1')
    const form = page.getByRole('dialog', { name: 'New: Wine' })
    await typeInto(form.getByLabel(/^Name/), 'Tempranillo')
    expect(await form.getByLabel('Certified on').count()).toBe(0)
    await pressSpaceAt(form.getByRole('switch', { name: 'Organic' }))
    await form.getByLabel('Certified on').waitFor()
    await typeInto(form.getByRole('combobox', { name: 'Winery', exact: true }), 'Bodega')
    await page.getByRole('option', { name: /^Bodega Sol/ }).click()
    await form.getByRole('combobox', { name: 'Style' }).click()
    await page.getByRole('option', { name: 'White' }).waitFor()
    await expect.poll(() => page.getByRole('option', { name: 'Sparkling' }).count()).toBe(0)
    await page.getByRole('option', { name: 'Red' }).click()
    await form.getByLabel('Sugar').fill('9')
    await form.getByText('A red wine has at most 4 grams of sugar').waitFor()
    // The server alone works out formulas: it is asked while one types.
    await form.getByLabel('Price').fill('900')
    await form.getByText('A wine costs at most 500 euros').waitFor()
    expect(await examine('form-conditions')).toEqual([])
    await form.getByLabel('Price').fill('90')
    await form.getByText('A wine costs at most 500 euros').waitFor({ state: 'detached' })
    await form.getByLabel('Sugar').fill('2')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.getByText('Fill this in: it is required.').waitFor()
    await form.getByLabel(/^Bottles in stock/).fill('12')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await toast('“Tempranillo” was saved').waitFor()
  })
})

describe('a record', () => {
  it('says how its values come about, and what is said of its links', async () => {
    const { page, examine } = browser
    ids.trader = (await ana.post('/companies', { name: 'Iberian Traders' })).id
    await open(`/o/wines/${ids.reserva}`)
    await page.getByRole('button', { name: 'Worked out by a formula: price * stock' }).first().waitFor()
    const partners = page.getByRole('region', { name: 'Partners' })
    const links = () => ana.get(`/wines/${ids.reserva}/links/partners`)
    const add = async (kind: string, name: string) => {
      await partners.getByRole('button', { name: 'Add to Partners' }).click()
      await page.getByRole('menuitem', { name: 'Link existing' }).click()
      await partners.getByText(kind, { exact: true }).click()
      await partners.getByRole('combobox').click()
      await page.getByRole('option', { name: new RegExp(`^${name}`) }).click()
      await partners.getByRole('link', { name }).waitFor()
    }
    await add('Wineries', 'Bodega Sol')
    await add('Companies', 'Iberian Traders')
    expect((await links()).map(({ object }: { object: string }) => object).toSorted()).toEqual([
      'companies',
      'wineries',
    ])
    await partners.getByRole('button', { name: 'Change what is said of the link to Iberian Traders' }).click()
    await partners.getByLabel('Share').fill('40')
    // What is being typed outlives a window that gets narrow.
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('tab', { name: 'Related', selected: true }).waitFor()
    expect(await partners.getByLabel('Share').inputValue()).toBe('40')
    await page.setViewportSize({ width: 1440, height: 900 })
    await partners.getByLabel('Share').press('Enter')
    await partners.getByText(/Share: 40/).waitFor()
    await partners.getByRole('button', { name: 'Make “Iberian Traders” the primary one' }).click()
    await partners.getByRole('button', { name: 'Make “Iberian Traders” the primary one', pressed: true }).waitFor()
    await pressUntilAt(partners.getByRole('button', { name: 'Move Iberian Traders' }), 'Shift+Tab')
    await page.keyboard.press('Space')
    await page.waitForTimeout(150)
    await page.keyboard.press('ArrowUp')
    await page.waitForTimeout(150)
    await page.keyboard.press('Space')
    const order = async () => (await links()).map(({ title }: { title: string }) => title)
    await expect.poll(order).toEqual(['Iberian Traders', 'Bodega Sol'])
    expect(await examine('record-links')).toEqual([])
  })
})

describe('the neighbourhood of a record', () => {
  it('is drawn, walked by keys, and told as a list', async () => {
    const { page, examine } = browser
    await open(`/o/wines/${ids.garnatxa}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Show what is around it' }).click()
    await page.getByRole('heading', { name: 'Around Garnatxa' }).waitFor()
    const list = page.getByRole('navigation', { name: 'The records and their links, as a list' })
    await list.getByRole('link', { name: 'Casa Luna' }).waitFor()
    const drawing = page.getByRole('region', { name: 'The records and their links, drawn' })
    await tabTo(drawing.getByRole('button', { name: 'Garnatxa Wine' }))
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Around Casa Luna' }).waitFor()
    await open(`/o/wines/${ids.crianza}/graph?depth=3`)
    await list.getByRole('link', { name: 'Reserva' }).waitFor()
    expect(await examine('graph')).toEqual([])
  })
})

describe('a list', () => {
  it('looks over links, in its columns and in its filter', async () => {
    const { page, examine } = browser
    await open('/o/wines')
    await page.getByRole('button', { name: 'Columns' }).click()
    const chooser = page.getByRole('dialog', { name: 'Columns' })
    await chooser.getByRole('combobox', { name: 'Over the link' }).click()
    await page.getByRole('option', { name: 'Winery ›' }).click()
    await chooser.getByRole('combobox', { name: 'Field of Winery' }).click()
    await page.getByRole('option', { name: 'Region' }).click()
    await chooser.getByRole('checkbox', { name: 'Winery › Region' }).waitFor()
    expect(await examine('columns-over-links')).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('gridcell', { name: 'Priorat' }).waitFor()
    await page.getByRole('button', { name: 'Filter' }).click()
    const filter = page.getByRole('dialog', { name: 'Filter' })
    await filter.getByRole('combobox', { name: 'Field', exact: true }).click()
    await page.getByRole('option', { name: 'Winery ›' }).click()
    await filter.getByRole('combobox', { name: 'Field of Winery' }).click()
    await page.getByRole('option', { name: 'Wines ›' }).first().click()
    await filter.getByRole('combobox', { name: 'Field of Wines' }).click()
    await page.getByRole('option', { name: 'Name' }).click()
    await filter.getByRole('textbox', { name: 'Value' }).fill('reserva')
    await page.getByRole('link', { name: 'Garnatxa' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Crianza' }).waitFor()
    expect(await examine('filter-over-links')).toEqual([])
  })
})
