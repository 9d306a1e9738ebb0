/** An administrator brings a workspace to the new version of its template, adds another one, and takes that back. */
import { readFileSync } from 'node:fs'
import { loadTemplates } from '@oneforge/templates'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

let system: RunningSystem
let client: ApiClient
let browser: TestPage

beforeAll(async () => {
  system = await startSystem()
  const admin = await system.register({ workspace: 'The installation' })
  client = await system.register({
    name: 'Ana García',
    workspace: 'Bay Homes',
    template: 'real-estate',
    sampleData: true,
  })
  const next = structuredClone(loadTemplates().find(({ slug }) => slug === 'real-estate')!)
  const [first] = next.objects
  first!.fields[0]!.label = { en: 'Headline', es: 'Titular' }
  first!.fields.push({ key: 'energy_class', label: { en: 'Energy class', es: 'Clase energética' }, type: 'text' })
  await admin.post('/installation/templates', { template: { ...next, version: '1.2.0' } })
  await client.patch(`/objects/${first!.slug}/fields/${first!.fields[0]!.key}`, { label: 'Our headline' })
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

describe('the page of templates', () => {
  it('tells where the workspace came from and that there is a new version', async () => {
    const { page, examine } = browser
    await page.goto(`${system.url}/settings/template`)
    await page.getByText('Version 1.2.0 is available.').waitFor()
    expect(await examine('template')).toEqual([])
  })

  it('shows what changes and what both changed, and applies what is decided', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'See what changes' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Energy class').waitFor()
    await dialog.getByText('Our headline → Headline').waitFor()
    expect(await examine('template-upgrade')).toEqual([])
    await dialog.getByText('Take theirs').click()
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('Upgraded to version 1.2.0').waitFor()
    // The pack that lies under the template is the other one.
    await expect.poll(() => page.getByText('This is the latest version.').count()).toBe(2)
  })

  it('takes an upgrade back', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Take back' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('everything is as it was before').waitFor()
    expect(await examine('template-undo')).toEqual([])
    await dialog.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Version 1.2.0 is available.').waitFor()
  })

  it('adds another template, with a word on names that both have', async () => {
    const { page, examine } = browser
    await page.getByRole('combobox', { name: 'Template' }).click()
    await page.getByRole('option', { name: 'Jewellery' }).click()
    await page.getByRole('button', { name: 'See what comes in' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('The same name twice').waitFor()
    expect(await examine('template-adding')).toEqual([])
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('was added').waitFor()
    await expect.poll(async () => (await client.get('/workspace/template')).origins.length).toBe(3)
  })

  it('saves the shape as a file', async () => {
    const { page } = browser
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ])
    const file = JSON.parse(readFileSync(await download.path(), 'utf8'))
    expect(file).toMatchObject({ slug: 'bay-homes', version: '1.0.0' })
  })
})
