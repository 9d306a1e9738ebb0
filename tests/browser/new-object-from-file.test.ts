/** An administrator makes objects of two files from elsewhere, one of them untidy, and takes one back with all that is in it. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

const dataSets = join(dirname(createRequire(import.meta.url).resolve('vega-datasets/package.json')), 'data')

let system: RunningSystem
let client: ApiClient
let browser: TestPage

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ana García', workspace: 'Data desk', template: 'blank' })
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

/** From the sidebar to what is proposed for the file. */
async function drop(fileName: string): Promise<void> {
  const { page } = browser
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Import' }).click()
  await page.getByRole('link', { name: 'Something new' }).click()
  await page.locator('input[type=file]').setInputFiles(join(dataSets, fileName))
  await page.getByRole('button', { name: /^Create and import/ }).waitFor()
}

/** What is decided about a column of the file. */
function rowOf(column: string) {
  const { page } = browser
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: column, exact: true }) })
}

describe('a file as a new object', () => {
  it('is proposed with names, types and what tells rows apart, and comes in at one click', async () => {
    const { page, examine } = browser
    await drop('airports.csv')
    await page.getByText('airports.csv · 3,376 rows · 7 columns').waitFor()
    expect(await page.getByLabel('Several are called').inputValue()).toBe('Airports')
    expect(await page.getByRole('combobox', { name: 'Each is known by' }).inputValue()).toBe('Name')
    expect(await rowOf('iata').getByLabel('Unique').isChecked()).toBe(true)
    await page.getByLabel('Name of the field for iata').fill('IATA code')
    await page.getByLabel('Take over the column country').uncheck()
    await page.getByRole('button', { name: /^Icon: box/ }).click()
    await page.getByRole('button', { name: 'map pin', exact: true }).click()
    expect(await examine('new-object-proposal')).toEqual([])
    await page.getByRole('button', { name: 'Create and import 3,376 rows' }).click()
    await page.getByRole('heading', { name: 'The import is done' }).waitFor()
    await page.getByRole('link', { name: 'Open Airports' }).click()
    await page.getByRole('columnheader', { name: /IATA code/ }).waitFor()
    const { fields, icon } = await client.get('/objects/airports')
    expect(icon).toBe('map-pin')
    expect(fields.map(({ key }: { key: string }) => key)).not.toContain('country')
    expect((await client.get('/airports?iata=SEA'))[0]).toMatchObject({ title: 'Seattle-Tacoma Intl', city: 'Seattle' })
  })

  it('tells how many rows do not fit what one asks of them, refuses those, and is taken back whole', async () => {
    const { page, examine } = browser
    await drop('movies.json')
    const title = rowOf('Title')
    await title.getByLabel('Required').check()
    await title.getByText('1 row has no value and will be refused').waitFor()
    await title.getByLabel('Unique').check()
    await title.getByText('24 rows repeat a value and will be refused').waitFor()
    await title.getByLabel('Unique').uncheck()
    await page.getByLabel('One is called').fill('Film')
    await page.getByLabel('Several are called').fill('Films')
    expect(await page.getByLabel('Name in addresses').inputValue()).toBe('films')
    await page.getByRole('button', { name: 'Create and import 3,201 rows' }).click()
    await page.getByRole('heading', { name: 'The import is done' }).waitFor()
    await page.getByRole('region', { name: 'Refused rows' }).getByText('Title').waitFor()
    expect(await examine('new-object-result')).toEqual([])
    await page.getByRole('button', { name: 'Undo everything' }).click()
    await page.getByText('3,200 new records go to the trash').waitFor()
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByRole('heading', { name: 'The import was taken back' }).waitFor()
    await page.getByText('The object Films is gone as well.').waitFor()
    await page.getByRole('link', { name: 'Films', exact: true }).waitFor({ state: 'detached' })
    expect((await client.send('GET', '/objects/films')).status).toBe(404)
  })
})
