/** The super admin of an installation: its workspaces, plans and templates; and what people of a suspended one see. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadTemplates } from '@oneforge/templates'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, signIn, type TestPage } from './browser.ts'

let system: RunningSystem
let admin: ApiClient
let clinic: ApiClient
let browser: TestPage

beforeAll(async () => {
  system = await startSystem({ plan: 'professional' })
  admin = await system.register({ name: 'Ada Admin', workspace: 'Head office', template: 'blank' })
  clinic = await system.register({
    name: 'Olga Owner',
    workspace: 'North Clinic',
    template: 'hospital',
    sampleData: true,
  })
  await system.register({ workspace: 'Bay Homes', template: 'real-estate' })
  browser = await openSignedIn(system.url, admin)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})
beforeEach(() => {
  browser.complaints.length = 0
  return () => expect(browser.complaints).toEqual([])
})

describe('the pages of the installation', () => {
  it('list the workspaces, found by name and sorted by what they keep', async () => {
    const { page, examine } = browser
    await page.goto(`${system.url}/settings/installation`)
    await page.getByRole('link', { name: 'North Clinic' }).waitFor()
    await page.getByRole('button', { name: 'Records' }).click()
    await page.locator('tbody tr').first().getByText('North Clinic').waitFor()
    expect(await examine('installation-workspaces')).toEqual([])
    await page.getByRole('textbox', { name: 'Search workspaces' }).fill('bay')
    await page.getByRole('link', { name: 'North Clinic' }).waitFor({ state: 'detached' })
    await page.getByRole('textbox', { name: 'Search workspaces' }).fill('')
  })

  it('give a workspace another plan, suspend it with a reason, and resume it', async () => {
    const { page, examine } = browser
    await page.getByRole('link', { name: 'North Clinic' }).click()
    await page.getByText('Olga Owner').waitFor()
    await page.getByRole('combobox', { name: 'Plan' }).click()
    await page.getByRole('option', { name: 'Business' }).click()
    // The workspace is there again, and the form made anew, before all is: that it was saved is told all the same.
    const form = (await page.getByRole('button', { name: 'Save' }).elementHandle())!
    await page.route('**/installation/plans', async (route) => {
      await form.waitForElementState('hidden')
      await route.continue()
    })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The plan of North Clinic was saved').waitFor()
    await page.unroute('**/installation/plans')
    expect((await clinic.get('/usage')).plan.name).toBe('business')

    await page.getByRole('button', { name: 'Suspend' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('The bill of May is open.')
    await dialog.getByRole('button', { name: 'Suspend' }).click()
    await page.getByText(/^Suspended since/).waitFor()
    expect(await examine('installation-workspace')).toEqual([])
  })

  it('tell the people of a suspended workspace why', async () => {
    const other = await browser.another()
    try {
      await signIn(other.page, system.url, clinic)
      await other.page.getByText(/suspended: The bill of May is open\./).waitFor()
      expect(await other.examine('suspended-sign-in')).toEqual([])
    } finally {
      await other.close()
    }
    const { page } = browser
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('North Clinic is in use again').waitFor()
    expect((await clinic.get('/workspace')).name).toBe('North Clinic')
  })

  it('show what plans allow', async () => {
    const { page } = browser
    await page.getByRole('tab', { name: 'Plans' }).click()
    await page.getByRole('cell', { name: 'Enterprise' }).waitFor()
  })

  it('publish a template of a file, and of the workspace one is in', async () => {
    const { page } = browser
    await page.getByRole('tab', { name: 'Templates' }).click()
    const club = { ...loadTemplates().find(({ slug }) => slug === 'blank')!, slug: 'club', name: { en: 'Club' } }
    const file = join(mkdtempSync(join(tmpdir(), 'oneforge-club-')), 'club.json')
    writeFileSync(file, JSON.stringify(club))
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'From a file' }).click()
    await (await choosing).setFiles(file)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What is new').fill('Chess clocks and boards.')
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Chess clocks and boards.').waitFor()

    await page.getByRole('button', { name: 'From this workspace' }).click()
    await dialog.getByLabel('Slug').fill('club')
    await dialog.getByText('this becomes its next version').waitFor()
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await dialog.getByText('Version 1.1.0').waitFor()
    await dialog.getByRole('button', { name: 'Publish' }).click()
    const ours = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: 'Edit card of Head office' }) })
    await ours.getByText('Version 1.1.0').waitFor()
  })

  it('change the card of a template and retire it', async () => {
    const { page, examine } = browser
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Edit card of Head office' }).click()
    await dialog.getByLabel('Name in English').fill('Chess club')
    expect(await examine('installation-card')).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Retire Chess club' }).click()
    await page.getByText('Retired', { exact: true }).waitFor()
    expect(await examine('installation-templates')).toEqual([])
  })
})
