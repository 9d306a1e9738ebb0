/** An administrator arranges the sidebar and the sections of a form, and translates the workspace: by mouse and by keys. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { moveUntilTold, pressUntilAt, tabTo } from './keyboard.ts'

let system: RunningSystem
let client: ApiClient
let browser: TestPage

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ana García', workspace: 'Bay Homes', template: 'real-estate' })
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

const sidebar = (page: Page) =>
  page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link').allInnerTexts()

describe('the navigation', () => {
  it('is arranged with the keys alone: an object is moved up, another hidden', async () => {
    const { page, examine } = browser
    await page.goto(`${system.url}/settings/navigation`)
    const handles = page.getByRole('button', { name: /^Move / })
    await handles.first().waitFor()
    expect(await examine('navigation')).toEqual([])
    const before = (await client.get('/workspace')).navigation[0]
    const [first, second] = await Promise.all(
      before.objects.slice(0, 2).map(async (slug: string) => (await client.get(`/objects/${slug}`)).labelPlural),
    )
    await tabTo(page.getByRole('button', { name: `Move ${second}` }))
    await page.keyboard.press('Space')
    const told = (text: string) => page.getByText(`${second} ${text}`).waitFor({ state: 'attached' })
    await told('is at place 3.')
    await moveUntilTold(page, 'ArrowUp', `${second} is at place 2.`)
    await page.keyboard.press('Space')
    await told('dropped at place 2.')
    await pressUntilAt(page.getByRole('button', { name: `Hide ${first}` }), 'Tab')
    await page.keyboard.press('Enter')
    await pressUntilAt(page.getByRole('button', { name: 'Save', exact: true }), 'Tab')
    await page.keyboard.press('Enter')
    await page.getByText('The navigation was saved').waitFor()
    await expect.poll(() => sidebar(page)).not.toContain(first)
    expect(await sidebar(page)).toContain(second)
    const { arrangement } = await client.get('/workspace/navigation')
    expect([arrangement.custom, arrangement.hidden]).toEqual([true, [before.objects[0]]])
  })
})

describe('the sections of an object', () => {
  it('are named, closed, and drawn so on the form', async () => {
    const { page, examine } = browser
    const [{ slug }] = await client.get('/objects')
    await page.goto(`${system.url}/settings/objects/${slug}/layout`)
    await page.getByRole('button', { name: 'Add a heading' }).click()
    const name = page.getByRole('textbox', { name: 'Heading “New heading” (English)' })
    await name.fill('Small print')
    await page.getByRole('switch', { name: 'Closed' }).last().click()
    const heading = page.getByRole('button', { name: 'Move Small print' })
    const last = await page.getByRole('button', { name: /^Move / }).count()
    await page.getByRole('button', { name: 'Move Keys' }).hover()
    await page.mouse.down()
    await page.mouse.move(0, 0)
    await heading.hover()
    await page.getByText(`Keys is at place ${last}.`).waitFor({ state: 'attached' })
    await page.mouse.up()
    await page.getByText(`Keys dropped at place ${last}.`).waitFor({ state: 'attached' })
    expect(await examine('layout')).toEqual([])
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('The sections were saved').waitFor()
    const { layout } = await client.get(`/objects/${slug}`)
    expect(layout.at(-1)).toMatchObject({ label: 'Small print', collapsed: true, fields: ['key_location'] })
    await page.goto(`${system.url}/o/${slug}?create=1`)
    await page.getByRole('button', { name: 'Small print' }).click()
    await page.getByLabel('Keys').waitFor()
    expect(await examine('layout-form')).toEqual([])
  }, 40_000)
})

describe('translations', () => {
  it('are typed down the column and counted', async () => {
    const { page, examine } = browser
    await client.post('/objects', {
      slug: 'keys_kept',
      label: 'Key',
      labelPlural: 'Keys kept',
      fields: [{ key: 'name', label: 'Tag on it', type: 'text' }],
    })
    await page.goto(`${system.url}/settings/translations`)
    await page.getByLabel('Missing only').click()
    const first = page.getByRole('textbox', { name: /^Translation of “Key” / })
    await first.waitFor()
    expect(await examine('translations')).toEqual([])
    await first.fill('Llave')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Llaves guardadas')
    await page.keyboard.press('Enter')
    await expect
      .poll(async () => {
        const answer = await client.send('GET', '/objects/keys_kept', undefined, {
          headers: { 'accept-language': 'es' },
        })
        return [answer.data.label, answer.data.labelPlural]
      })
      .toEqual(['Llave', 'Llaves guardadas'])
  })

  it('go out as a file, and come back with a word on what does not fit', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Save as a file' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'For spreadsheets (CSV)' }).click(),
    ])
    const path = await download.path()
    const text = readFileSync(path, 'utf8').replace('Tag on it,', 'Tag on it,Etiqueta')
    const file = join(path, '..', 'translations-es.csv')
    writeFileSync(file, `${text}field/gone/label,Gone,Ido\r\n`)
    await page.locator('input[type=file]').setInputFiles(file)
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 text changes.').waitFor()
    await dialog.getByText('is no text of this workspace').waitFor()
    expect(await examine('translations-file')).toEqual([])
    await dialog.getByRole('button', { name: 'Take them' }).click()
    await page.getByText('The translations were taken').waitFor()
  })
})
