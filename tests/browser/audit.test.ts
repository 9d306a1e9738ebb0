/** The day of who answers for a hospital's records: who saw what, how much is used, who may come in with which key. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

let system: RunningSystem
let client: ApiClient
let browser: TestPage
let patient: Json

beforeAll(async () => {
  system = await startSystem({ plan: 'business' })
  client = await system.register({
    name: 'Ana García',
    workspace: 'Harbour Hospital',
    template: 'hospital',
    sampleData: true,
  })
  ;[patient] = await client.get('/patients?limit=1')
  // Enough of a past for the log to scroll: looks at patients, changes, and refusals.
  for (let time = 0; time < 110; time++) await client.get(`/patients/${patient.id}`)
  await client.patch(`/patients/${patient.id}`, { notes: 'Prefers mornings' }).catch(() => undefined)
  await client.send('PATCH', `/patients/${patient.id}`, { date_of_birth: 'tomorrow' })
  await client.send('GET', '/patients/0199f0aa-1b2c-7d3e-8f40-5a6b7c8d9e0f')
  await client.post('/patients/query', { limit: 20 })
  const clerk = await addMember(system, client.tenantId, ['receptionist'])
  await client.send('GET', `/patients/${patient.id}`, undefined, { headers: { 'x-oneforge-view-as': clerk.userId } })
  const { email } = clerk.session!.user
  await system.anonymous().send('POST', '/auth/login', { email, password: 'not the password', tenant: client.tenantId })
  const { key } = await client.post('/api-keys', { name: 'Telephone system' })
  await client.send('GET', `/patients/${patient.id}`, undefined, { headers: { authorization: `Bearer ${key}` } })
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
const table = () => browser.page.getByRole('table', { name: 'Entries of the log' })

const focusedRow = () =>
  browser.page.evaluate(() => document.activeElement?.closest('[aria-rowindex]')?.getAttribute('aria-rowindex'))

describe('the audit log', () => {
  it('shows who did what, the latest first', async () => {
    await open('/settings/audit')
    await table().getByText('viewed as Member as receptionist').waitFor()
    await table().getByText('with an API key').waitFor()
    await table().getByText('at the account of Member as receptionist').waitFor()
    expect(await browser.examine('audit')).toEqual([])
  })

  it('scrolls on to the oldest entry, with few rows in the page', async () => {
    const { page } = browser
    const oldest = table().getByText('Created the workspace')
    const scrollOn = async () => {
      await page.locator('#page').press('End')
      return oldest.isVisible()
    }
    await expect.poll(scrollOn, { timeout: 10_000 }).toBe(true)
    await page.getByText('There are no older entries.').waitFor()
    expect(await table().getByRole('row').count()).toBeLessThan(60)
  })

  it('is worked by keys', async () => {
    const { page, examine } = browser
    await open('/settings/audit')
    await table().getByRole('row').nth(2).waitFor()
    // The first row is as far up as one can go: from there it is known where keys lead, however slow the machine is.
    const goUp = async () => {
      await page.keyboard.press('k')
      return focusedRow()
    }
    await expect.poll(goUp, { timeout: 10_000 }).toBe('1')
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
    await expect.poll(focusedRow).toBe('3')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name: 'Entry of the log' })
    await drawer.waitFor()
    expect(await examine('audit-entry')).toEqual([])
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    const search = page.getByRole('searchbox', { name: 'Find by record or request' })
    await expect.poll(() => search.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('keeps its filters in the address', async () => {
    const { page, examine } = browser
    await page.getByRole('searchbox').fill(`${system.url}/o/patients/${patient.id}`)
    await page.waitForURL(`**/settings/audit?record=${patient.id}`)
    await page.getByRole('combobox', { name: 'What was done' }).click()
    await page.getByRole('option', { name: 'Changed a record', exact: true }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: 'Result' }).click()
    await page.getByRole('option', { name: 'Done' }).click()
    await expect.poll(() => table().locator('tbody tr[data-index]').count()).toBe(1)
    await page.reload()
    await table().getByText('Changed a record').waitFor()
    expect(await table().locator('tbody tr[data-index]').count()).toBe(1)
    expect(await examine('audit-filtered')).toEqual([])
  })

  it('filters by what was done and by period, and says when nothing fits', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('combobox', { name: 'What was done' }).click()
    await page.getByRole('option', { name: 'Looked at a list' }).click()
    await page.waitForURL('**/settings/audit?operation=records.*')
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: 'Period' }).click()
    await page.getByRole('option', { name: 'Choose days…' }).click()
    await page.getByLabel('To', { exact: true }).fill('2020-01-31')
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor()
    expect(await examine('audit-nothing')).toEqual([])
  })

  it('goes out as a file that holds what the filters left', async () => {
    const { page } = browser
    await open('/settings/audit?operation=records.get&outcome=failed')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/)
    const lines = (await (await download.createReadStream()).toArray()).join('').trim().split(/\r?\n/)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('NOT_FOUND')
  })
})

describe('a record', () => {
  it('tells who has looked at it', async () => {
    const { page, examine } = browser
    await open(`/o/patients/${patient.id}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Who has looked at this?' }).click()
    const report = page.getByRole('dialog', { name: 'Who has looked at this?' })
    const visit = report.getByRole('listitem').filter({ hasText: 'Read the notes of a record' })
    await visit.filter({ hasText: 'Opened a record' }).first().waitFor()
    await page.getByRole('menu').waitFor({ state: 'detached' })
    expect(await examine('access-report')).toEqual([])
    const older = report.getByRole('button', { name: 'Show older' })
    await older.click()
    await older.waitFor({ state: 'detached' })
    await report.getByRole('link', { name: 'Open in the audit log' }).click()
    await page.waitForURL(`**/settings/audit?record=${patient.id}`)
    await table().getByText('Opened a record').first().waitFor()
  })
})

describe('usage', () => {
  it('is shown beside what the plan allows', async () => {
    const { page, examine } = browser
    await open('/settings/usage')
    await page.getByRole('region', { name: 'Records', exact: true }).getByText('of 1,000,000').waitFor()
    expect(await examine('usage')).toEqual([])
    await page.getByText('Show as a table').click()
    await page.getByRole('rowheader').first().waitFor()
  })
})

describe('those who administer the workspace', () => {
  it('see who has a second factor, and who was here when', async () => {
    const { page, examine } = browser
    await client.patch('/security', { requireSecondFactor: ['receptionist'] })
    await open('/settings/members')
    const row = page.getByRole('row').filter({ hasText: 'Member as receptionist' })
    await row.getByText('Required, not set up').waitFor()
    expect(await examine('members')).toEqual([])
  })

  it('give a key a limit of its own', async () => {
    const { page, examine } = browser
    await open('/settings/api-keys')
    await page.getByRole('button', { name: 'Create key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Website form')
    await dialog.getByRole('combobox', { name: 'Roles' }).press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await dialog.getByLabel('Requests a minute').fill('120')
    await dialog.getByRole('button', { name: 'Create key' }).click()
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('button', { name: 'Change: Website form' }).click()
    await page.getByRole('dialog').getByLabel('Requests a minute').fill('90')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('row').filter({ hasText: 'Website form' }).getByText('90', { exact: true }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await examine('api-keys')).toEqual([])
    expect((await client.get('/api-keys'))[0]).toMatchObject({ name: 'Website form', requestsPerMinute: 90 })
  })

  it('name a domain of their own, and are told what to do for it', async () => {
    const { page, examine } = browser
    await open('/settings/security')
    const domain = page.getByRole('region', { name: 'Own domain' })
    await domain.getByLabel('Domain').fill('not a domain')
    await domain.getByRole('button', { name: 'Use this domain' }).click()
    await domain.locator('[aria-invalid="true"]').waitFor()
    await domain.getByLabel('Domain').fill('crm.harbour-hospital.invalid')
    await domain.getByRole('button', { name: 'Use this domain' }).click()
    await domain.getByText('_oneforge.crm.harbour-hospital.invalid').waitFor()
    await domain.getByRole('button', { name: 'Check now' }).click()
    await domain.getByRole('alert').waitFor()
    expect(await examine('own-domain')).toEqual([])
    browser.complaints.length = 0
    await system.sql('update tenants set domain_verified_at = now() where domain is not null')
    await page.reload()
    await domain.getByLabel('Domain').fill('desk.harbour-hospital.invalid')
    await domain.getByRole('button', { name: 'Use this domain' }).click()
    await domain.getByText('_oneforge.desk.harbour-hospital.invalid').waitFor()
    expect(await examine('next-domain')).toEqual([])
    await domain.getByRole('button', { name: 'Keep crm.harbour-hospital.invalid' }).click()
    await domain.getByText('Another domain takes its place').waitFor()
  })

  it('are warned a week before a trial ends', async () => {
    const { page, examine } = browser
    await system.sql(
      "update tenants set trial_ends_at = now() + interval '3 days', version = version + 1 where id = $1",
      [client.tenantId],
    )
    await open('/')
    const notice = page.getByRole('region', { name: 'Notice about the plan' })
    await notice.getByText(/^The trial ends on/).waitFor()
    expect(await examine('home-trial')).toEqual([])
    await notice.getByRole('link', { name: 'See usage' }).click()
    await page.getByText(/^Trial of Business until/).waitFor()
    expect(await notice.isVisible()).toBe(false)
    expect(await examine('usage-trial')).toEqual([])
    await open('/')
    await notice.getByRole('button', { name: 'Close' }).click()
    await page.reload()
    await page.getByRole('heading', { name: /, Ana$/ }).waitFor()
    expect(await notice.isVisible()).toBe(false)
  })
})
