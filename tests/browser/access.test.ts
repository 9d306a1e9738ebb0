/** What people may see and do: shaped, explained and tried out by a practice manager who is not technical. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json, SignedIn } from '../client.ts'
import { PASSWORD, type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { choose, expectFocus, pressSpaceAt, pressUntilAt, tabTo, typeInto } from './keyboard.ts'

// Each step looks at several pages in light, in dark and on a phone; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

let system: RunningSystem
let ana: ApiClient
let browser: TestPage
let rita: SignedIn

beforeAll(async () => {
  system = await startSystem()
  ana = await system.register({
    name: 'Ana García',
    workspace: 'Harbour Clinic',
    template: 'hospital',
    sampleData: true,
  })
  rita = await join('Rita Sand', ['receptionist'])
  await join('Noor Khan', ['nurse'])
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
const navigation = () => browser.page.getByRole('navigation', { name: 'Main' })
const toast = (text: string | RegExp) => browser.page.getByRole('alert').filter({ hasText: text })

/** Somebody who has accepted an invitation. */
async function join(name: string, roles: string[]): Promise<SignedIn> {
  await ana.post('/members/invitations', { email: `${name.replace(' ', '.')}@example.com`.toLowerCase(), roles })
  const [{ text }] = await ana.get('/outbox')
  const [, token] = /#(\S+)/.exec(text)!
  return system.anonymous().post('/auth/invitations/accept', { token, name, password: PASSWORD })
}

/** The page answers a refusal for want of a fresh proof with the question, which the password settles. */
async function proveItIsStillMe(picture?: string): Promise<void> {
  const { page, examine, complaints } = browser
  const dialog = page.getByRole('dialog', { name: 'Is it still you?' })
  await typeInto(dialog.getByLabel('Your password'), PASSWORD)
  if (picture) expect(await examine(picture)).toEqual([])
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  expect(complaints.join()).toContain('403')
  complaints.length = 0
}
const letTheProofGrowOld = () => system.sql("update sessions set stepped_up_at = now() - interval '1 hour'")

describe('the roles', () => {
  it('are read at a glance', async () => {
    const { page, examine } = browser
    await open('/settings/roles')
    const receptionist = page.getByRole('row').filter({ hasText: 'Receptionist' })
    await receptionist.getByText('All · 9').waitFor()
    expect(await examine('roles')).toEqual([])
  })

  it('are changed by keys alone', async () => {
    const { page, examine } = browser
    await tabTo(page.getByRole('link', { name: 'Receptionist' }))
    await page.keyboard.press('Enter')
    const grid = page.getByRole('grid', { name: 'What Receptionist may do' })
    const cell = (object: string, action: string) =>
      grid.getByRole('button', { name: new RegExp(`^${object}, ${action}:`) })
    await tabTo(grid.getByRole('button', { name: 'All other objects', exact: true }))
    await pressUntilAt(cell('All other objects', 'See'), 'ArrowRight')
    await pressUntilAt(cell('Lab tests', 'See'), 'ArrowDown')
    await page.keyboard.press('Enter')
    const choices = page.getByRole('dialog', { name: 'Lab tests, See' })
    await choices.waitFor()
    expect(await examine('role-choices')).toEqual([])
    await pressUntilAt(choices.getByRole('button', { name: /^All / }), 'ArrowDown')
    await page.keyboard.press('Enter')
    expect(await cell('Lab tests', 'See').getAttribute('aria-label')).toBe('Lab tests, See: All, not saved yet')

    await pressUntilAt(cell('Patients', 'See'), 'ArrowUp')
    await pressUntilAt(cell('Patients', 'Export'), 'ArrowRight')
    await page.keyboard.press('Space')
    expect(await cell('Patients', 'Export').textContent()).toBe('Own')
    await pressUntilAt(grid.getByRole('button', { name: /^Patients/ }).first(), 'ArrowLeft')
    await page.keyboard.press('Enter')
    await tabTo(grid.getByRole('radiogroup', { name: 'Address: access' }).getByRole('radio', { name: 'Write' }))
    await page.keyboard.press('ArrowLeft')
    expect(await examine('role')).toEqual([])

    const closed = page.getByRole('group', { name: 'Closed ways' })
    await choose(closed.getByRole('combobox', { name: 'Starting from' }), 'Patients')
    await choose(closed.getByRole('combobox', { name: 'Link of Patients' }), 'Primary doctor')
    await choose(closed.getByRole('combobox', { name: 'Link of Doctors' }), 'Department')
    await pressSpaceAt(closed.getByRole('button', { name: 'Close this way' }))
    await closed.getByRole('button', { name: 'Open again: Patients Primary doctor Department' }).waitFor()
    await expectFocus(closed.getByRole('combobox', { name: 'Starting from' }))
    expect(await examine('role-closed-way')).toEqual([])
  })

  it('show who gains and who loses what before they are saved', async () => {
    const { page, examine } = browser
    await letTheProofGrowOld()
    await tabTo(page.getByRole('button', { name: 'Review and save' }))
    await page.keyboard.press('Enter')
    const review = page.getByRole('dialog', { name: 'Save “Receptionist”?' })
    await review.getByText('1 member gains or loses something:').waitFor()
    await review.getByText('newly allowed').first().waitFor()
    expect(await examine('role-review')).toEqual([])
    await tabTo(review.getByRole('button', { name: 'Save' }))
    await page.keyboard.press('Enter')
    await proveItIsStillMe('role-step-up')
    await toast('The role “Receptionist” was saved').waitFor()
    const { objects, forbiddenPaths } = await ana.get('/access/roles/receptionist')
    expect(forbiddenPaths).toEqual(['patients.primary_doctor.department'])
    expect(objects).toMatchObject({
      lab_tests: { read: 'all' },
      patients: { export: 'own', fields: { address: 'read' } },
    })
  })

  it('are made from one another', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Actions for Receptionist' }).click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    const dialog = page.getByRole('dialog', { name: 'Duplicate “Receptionist”' })
    await dialog.getByRole('textbox').first().fill('Night desk')
    expect(await examine('role-duplicate')).toEqual([])
    await dialog.getByRole('button', { name: 'Duplicate' }).click()
    await page.getByRole('heading', { name: 'Night desk' }).waitFor()
    await page.getByRole('button', { name: 'Actions for Night desk' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await toast('The role “Night desk” was deleted').waitFor()
  })
})

describe('one person', () => {
  it('may do what their roles come to, and each cell says who gives it', async () => {
    const { page, examine } = browser
    await open('/settings/members')
    await page.getByRole('link', { name: 'Rita Sand' }).click()
    const grid = page.getByRole('grid', { name: 'What Rita Sand may do' })
    await grid.getByRole('button', { name: /^Lab tests, See: All/ }).click()
    await page.getByRole('dialog', { name: 'Lab tests, See' }).getByText('Receptionist').waitFor()
    expect(await examine('member')).toEqual([])
    await page.keyboard.press('Escape')
  })

  it('may be denied a single thing', async () => {
    const { page, examine } = browser
    await tabTo(page.getByRole('button', { name: 'Add exception' }))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Add exception' })
    await dialog.getByText('Take away').click()
    await dialog.getByRole('combobox', { name: 'Object' }).click()
    await page.getByRole('option', { name: 'Invoices' }).click()
    await typeInto(dialog.getByLabel('Reason'), 'Is family of the accountant')
    expect(await examine('exception')).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('listitem').filter({ hasText: 'Is family of the accountant' }).waitFor()
    await page.getByRole('button', { name: 'Invoices, See: Taken away' }).click()
    await page.getByRole('dialog', { name: 'Invoices, See' }).getByText('Exception').waitFor()
    await page.keyboard.press('Escape')
    expect(await examine('member-exception')).toEqual([])
  })

  it('is given another role once one has seen what it changes', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Actions for Rita Sand' }).click()
    await page.getByRole('menuitem', { name: 'Change roles' }).click()
    const dialog = page.getByRole('dialog', { name: 'Roles of Rita Sand' })
    await pressSpaceAt(dialog.getByRole('checkbox', { name: 'Nurse' }))
    await pressSpaceAt(dialog.getByRole('button', { name: 'What changes?' }))
    await dialog.getByText('1 member gains or loses something:').waitFor()
    expect(await examine('member-roles')).toEqual([])
    await letTheProofGrowOld()
    await pressSpaceAt(dialog.getByRole('button', { name: 'Save' }))
    await proveItIsStillMe()
    await toast('The roles of Rita Sand were saved').waitFor()
    expect((await ana.get(`/access/members/${rita.user.id}`)).roles.map(({ key }: Json) => key).toSorted()).toEqual([
      'nurse',
      'receptionist',
    ])
  })
})

describe('a record', () => {
  it('tells who sees it, and why', async () => {
    const { page, examine } = browser
    const [patient] = await ana.get('/patients?limit=1')
    await open(`/o/patients/${patient.id}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Who can see this?' }).click()
    const drawer = page.getByRole('dialog', { name: 'Who can see this?' })
    const people = drawer.getByRole('listitem')
    await people.filter({ hasText: 'Rita Sand' }).getByText('sees').waitFor()
    expect(await examine('who-sees')).toEqual([])
    await drawer.getByRole('button', { name: 'Rita Sand' }).click()
    await drawer.getByText('What Rita Sand may do with this record, and why').waitFor()
    await drawer.getByRole('link', { name: 'Receptionist' }).first().waitFor()
    expect(await examine('who-sees-why')).toEqual([])
  })
})

describe('another pair of eyes', () => {
  it('sees what that person sees and changes nothing', async () => {
    const { page, examine } = browser
    await open(`/settings/members/${rita.user.id}`)
    await tabTo(page.getByRole('button', { name: 'View as' }))
    await page.keyboard.press('Enter')
    const banner = page.getByRole('region', { name: 'Viewing as somebody else' })
    await banner.getByText('You see the workspace as Rita Sand. Nothing can be changed.').waitFor()
    await navigation().getByRole('link', { name: 'Lab tests' }).waitFor()
    expect(await navigation().getByRole('link', { name: 'Invoices' }).count()).toBe(0)
    expect(await examine('view-as-home')).toEqual([])
    await navigation().getByRole('link', { name: 'Patients' }).click()
    await page.getByRole('grid', { name: 'Patients' }).getByRole('row').nth(1).waitFor()
    expect(await page.getByRole('button', { name: 'New Patient' }).count()).toBe(0)
    expect(await page.getByRole('checkbox').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'View', exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: 'More for this list' }).click()
    await page.getByRole('menuitem').first().waitFor()
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Print'])
    await page.keyboard.press('Escape')
    expect(await navigation().getByRole('link', { name: 'Import' }).count()).toBe(0)
    await open('/settings/networks')
    await page.getByText('This takes the right “Settings of the workspace”', { exact: false }).waitFor()
    await page.getByRole('alert').getByText('Ana García').waitFor()
    expect(await examine('not-allowed')).toEqual([])
    await navigation().getByRole('link', { name: 'Patients' }).click()
    await page.getByRole('grid', { name: 'Patients' }).getByRole('row').nth(1).waitFor()
    await page.reload()
    await banner.waitFor()
    for (const complaint of browser.complaints.splice(0)) expect(complaint).toMatch(/403 .*\/networks$/)
    expect(await examine('view-as-list')).toEqual([])
    const refused = await ana.send('POST', '/patients', {}, { headers: { 'x-oneforge-view-as': rita.user.id } })
    expect(refused.status).toBe(403)
    await pressSpaceAt(banner.getByRole('button', { name: 'Stop' }))
    await navigation().getByRole('link', { name: 'Invoices' }).waitFor()
    expect(await banner.count()).toBe(0)
  })
})

describe('teams', () => {
  it('are put together by keys, one under another', async () => {
    const { page, examine } = browser
    await open('/settings/teams')
    await page.getByRole('heading', { name: 'No teams yet' }).waitFor()
    expect(await examine('teams-empty')).toEqual([])
    await tabTo(page.getByRole('button', { name: 'Add team' }))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Add team' })
    await typeInto(dialog.getByLabel('Name'), 'Front desk')
    await typeInto(dialog.getByRole('combobox', { name: 'Members' }), 'Rita')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await tabTo(dialog.getByRole('button', { name: 'Save' }))
    expect(await examine('team')).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('listitem').filter({ hasText: 'Front desk' }).getByText('1 member').waitFor()

    await page.getByRole('button', { name: 'Actions for Front desk' }).click()
    await page.getByRole('menuitem', { name: 'Add a team below' }).click()
    await typeInto(dialog.getByLabel('Name'), 'Weekend')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Actions for Weekend' }).waitFor()
    expect(await examine('teams')).toEqual([])
  })

  it('are not deleted while others stand below', async () => {
    const { page, complaints } = browser
    const remove = async (team: string) => {
      await page.getByRole('button', { name: `Actions for ${team}` }).click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    }
    await remove('Front desk')
    await toast(/team/).waitFor()
    expect(complaints.join()).toContain('409')
    complaints.length = 0
    await remove('Weekend')
    await page.getByText('Weekend', { exact: true }).waitFor({ state: 'detached' })
  })
})

describe('an export', () => {
  it('is a file once the person has shown that it is still them', async () => {
    const { page } = browser
    await open('/o/departments')
    await page.getByRole('grid', { name: 'Departments' }).waitFor()
    await letTheProofGrowOld()
    await page.getByRole('button', { name: 'More for this list' }).click()
    await page.getByRole('menuitem', { name: /CSV/ }).click()
    const downloading = page.waitForEvent('download')
    await proveItIsStillMe('export-step-up')
    const file = readFileSync(await (await downloading).path(), 'utf8')
    const [{ name }] = await ana.get('/departments?limit=1')
    expect(file).toContain(name)
  })
})
