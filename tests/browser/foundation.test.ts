/** From an empty installation to a clinic that works: everything a newcomer does in the first quarter of an hour. */
import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { dirtyPeople } from '../fixtures/dirty-people.ts'
import { PASSWORD, type RunningSystem, startSystem } from '../server.ts'
import { openPage, type TestPage } from './browser.ts'

const file = dirtyPeople(10_000)
/** Somebody in the middle of the file; the name says the row. */
const person = /^[^;\n]+ 5002(?=;)/m.exec(iconv.decode(file.content, 'windows-1252'))![0]
const formatted = (count: number): string => count.toLocaleString('en-GB')

// A busy machine takes its time over 10,000 rows.
const patience = 120_000
vi.setConfig({ testTimeout: 2 * patience })

let system: RunningSystem
let browser: TestPage

beforeAll(async () => {
  system = await startSystem()
  browser = await openPage(system.url)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

// Each step stands on the one before.
let failed = false
beforeEach(({ skip }) => skip(failed, 'an earlier step failed'))
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail'
})

describe('a newcomer', () => {
  it('registers', async () => {
    const { page, examine } = browser
    await page.goto(system.url)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await examine('sign-in')).toEqual([])
    await page.getByRole('link', { name: 'Create one' }).click()
    await page.getByLabel('Your name').fill('Ana García')
    await page.getByLabel('E-mail').fill('ana@example.com')
    await page.locator('input[type=password]').fill(PASSWORD)
    await page.getByLabel('Workspace name').fill('Harbour Hospital')
    expect(await examine('register')).toEqual([])
    await page.getByRole('button', { name: 'Create workspace' }).click()
  })

  it('chooses the hospital and starts empty', async () => {
    const { page, examine } = browser
    await page.getByRole('heading', { name: 'What do you do?' }).waitFor()
    await page.getByRole('heading', { name: 'Hospital' }).waitFor()
    expect(await page.getByRole('article').count()).toBe(6)
    expect(await examine('industries')).toEqual([])
    await page.getByRole('button', { name: 'Hospital', exact: true }).click()
    await page.getByRole('heading', { name: 'How do you want to begin?' }).waitFor()
    expect(await examine('beginning')).toEqual([])
    await page.getByRole('button', { name: /^Empty/ }).click()
    await page.getByRole('heading', { name: /, Ana$/ }).waitFor()
    expect(await examine('home-empty')).toEqual([])
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Patients' }).click()
    await page.getByText('No Patients yet').waitFor()
    expect(await examine('list-empty')).toEqual([])
  })

  it('brings 10,000 people in from a dirty file', async () => {
    const { page, examine } = browser
    await page.getByRole('link', { name: 'Import a file' }).click()
    await page.getByLabel('Choose a file to import').first().waitFor()
    expect(await examine('import-file')).toEqual([])
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: file.content })

    await page.getByText('7 of 7 columns will be imported').waitFor()
    const fieldOf = (column: string) => page.getByRole('combobox', { name: `Field for the column ${column}` })
    for (const [column, field] of Object.entries({
      Name: 'Full name *',
      DOB: 'Date of birth *',
      Mobile: 'Phone *',
      'E-mail Address': 'E-mail',
      Sex: 'Gender',
      'National ID': 'National ID',
      Comments: 'Clinical notes',
    }))
      expect([column, await fieldOf(column).inputValue()]).toEqual([column, field])
    expect(await examine('import-columns')).toEqual([])

    await page.getByRole('button', { name: 'Look at the rows' }).click()
    await page.getByText(/of the first 50 rows ha(s|ve) a problem/).waitFor()
    expect(await page.getByRole('textbox', { name: 'Full name, line 2', exact: true }).inputValue()).toMatch(
      /^\S+ \S+ 0$/,
    )
    expect(await examine('import-rows')).toEqual([])

    await page.getByRole('button', { name: 'Try the whole file without saving' }).click()
    const trial = page.getByText('If you import now').locator('..')
    await trial.getByText(formatted(file.good)).waitFor({ timeout: patience })
    expect(await counts()).toEqual(expected())

    await page.getByRole('button', { name: 'Import 10,000 rows' }).click()
    await page.getByRole('progressbar', { name: 'Progress' }).waitFor()
    expect(await examine('import-progress')).toEqual([])
    await page.getByRole('heading', { name: 'The import is done' }).waitFor({ timeout: patience })
    expect(await counts()).toEqual(expected())
    expect(await examine('import-result')).toEqual([])
  })

  const expected = () => ({
    New: formatted(file.good),
    Updated: '0',
    Duplicates: formatted(file.duplicates),
    Refused: formatted(file.refused),
  })

  async function counts(): Promise<Record<string, string>> {
    const terms = browser.page.getByRole('term')
    const values = browser.page.getByRole('definition')
    const pairs = await Promise.all([terms.allTextContents(), values.allTextContents()])
    return Object.fromEntries(pairs[0].map((term, index) => [term, pairs[1][index]!]))
  }

  it('gets the refused rows back with the reasons', async () => {
    const { page } = browser
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download as a file' }).click()
    const text = readFileSync(await (await downloading).path(), 'utf8')
    const rows = text.match(/ID-\d+/g)!
    expect(rows).toHaveLength(file.refused + file.duplicates)
    expect(text).toContain('not an address')
  })

  it('finds one person in under three clicks, changes them in place, and sees it in the history', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Search', exact: false }).first().click()
    await page.getByPlaceholder('Search records, pages and actions…').fill(person)
    const hit = page.getByRole('button', { name: `${person} PAT-` })
    await hit.waitFor()
    expect(await examine('search')).toEqual([])
    await hit.click()
    await page.getByRole('heading', { name: person, level: 1 }).waitFor()

    await page.getByRole('button', { name: 'Edit Phone' }).click()
    await page.getByRole('textbox', { name: 'Phone' }).fill('+34 600 123 456')
    await page.keyboard.press('Enter')
    const story = page.getByRole('listitem').filter({ hasText: 'Ana García changed' })
    await story.waitFor()
    expect((await story.textContent())!.replaceAll(' ', '')).toMatch(/Phone.*600123456/)
    expect(await examine('record')).toEqual([])
    await page.reload()
    await page
      .getByText(/600.?12.?34.?56/)
      .first()
      .waitFor()
  })

  it('scrolls through all of them', async () => {
    const { page, examine } = browser
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Patients' }).click()
    await page.getByText(`${formatted(file.good)} Patients`).waitFor()
    expect(await examine('list-10000')).toEqual([])
    await page.getByRole('grid', { name: 'Patients' }).focus()
    await page.keyboard.press('End')
    await page.locator('[aria-rowindex="201"]').waitFor()
  })

  it('selects all that a search finds and changes them together', async () => {
    const { page } = browser
    await page.getByRole('searchbox', { name: 'Search Patients' }).fill('Björn')
    const foot = page.getByRole('status').filter({ hasText: /^[\d,]+ Patients$/ })
    await expect.poll(() => foot.textContent()).not.toBe(`${formatted(file.good)} Patients`)
    const found = (await foot.textContent())!.replace(' Patients', '')
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click()
    await page.getByRole('button', { name: `Select all ${found}` }).click()
    await page.getByText(`${found} selected`).waitFor()
    await page.getByRole('button', { name: 'Change a field' }).click()
    const dialog = page.getByRole('dialog', { name: `Change ${found} records` })
    await dialog.getByRole('combobox', { name: 'Field' }).fill('Insurance provider')
    await page.getByRole('option', { name: 'Insurance provider' }).click()
    await dialog.getByRole('textbox', { name: 'Insurance provider' }).fill('Acme Health')
    await dialog.getByRole('button', { name: `Change ${found} records` }).click()
    await page.getByText(`Changed ${found} records.`).waitFor({ timeout: patience })
    const [changed] = await system.sql<{ count: string }>(
      `select count(*) from records where data->>'insurance_provider' = 'Acme Health'`,
    )
    expect(formatted(Number(changed!.count))).toBe(found)
  })

  it('never saw the page complain', () => {
    expect(browser.complaints).toEqual([])
  })
})
