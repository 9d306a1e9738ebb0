/** A day at the desk of a hospital that has been running for a while: create, move, change, undo, shape, by mouse and keys. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { moveUntilTold } from './keyboard.ts'

/** As long as names of people get. */
const longName =
  'María del Carmen Fernández de Córdoba y Figueroa-Melgar Álvarez de Toledo viuda de Rodríguez-Villanueva'

let system: RunningSystem
let client: ApiClient
let browser: TestPage

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({
    name: 'Ana García',
    workspace: 'Harbour Hospital',
    template: 'hospital',
    sampleData: true,
  })
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
const grid = (name = 'Patients') => browser.page.getByRole('grid', { name })
const total = async (): Promise<number> => (await client.post('/patients/count', {})).count
const newest = async (): Promise<Json> => (await client.get('/patients?limit=1&sort=-createdAt'))[0]

describe('home', () => {
  it('shows what is here and what was changed last', async () => {
    await browser.page.getByRole('heading', { name: 'Recently changed' }).waitFor()
    expect(await browser.examine('home')).toEqual([])
  })
})

describe('the first day', () => {
  const card = () => browser.page.getByRole('region', { name: 'Your first day' })
  const stop = (name: string) => browser.page.getByRole('dialog', { name })

  it('begins with a look around, by keys', async () => {
    const { page, examine } = browser
    await card().getByRole('button', { name: 'Show me around' }).press('Enter')
    await stop('Everything is here').waitFor()
    expect(await examine('tour')).toEqual([])
    await page.keyboard.press('Enter')
    await stop('Find and go anywhere').waitFor()
    await page.keyboard.press('ArrowRight')
    await stop('Make something new').waitFor()
    await page.waitForURL(`${system.url}/o/patients`)
    await page.keyboard.press('ArrowRight')
    await stop('What concerns you').waitFor()
    await page.keyboard.press('ArrowLeft')
    await stop('Make something new').waitFor()
    await page.keyboard.press('Escape')
    await stop('Make something new').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('page')
  })

  it('is checked off by what was done, and put away for good', async () => {
    const { page } = browser
    await open('/o/admissions?as=kanban')
    await page.getByRole('region', { name: 'Requested' }).waitFor()
    const isDone = async () => (await client.get('/first-day')).steps.find(({ key }: Json) => key === 'board').done
    await expect.poll(isDone).toBe(true)
    await open('/')
    await card()
      .getByRole('listitem')
      .filter({ hasText: /Done: See .+ as a board/ })
      .waitFor()
    await card().getByRole('button', { name: 'Hide this list for good' }).click()
    await card().waitFor({ state: 'detached' })
    expect((await client.get('/first-day')).over).toBe(true)
    await open('/')
    await page.getByRole('heading', { name: 'Recently changed' }).waitFor()
    expect(await card().count()).toBe(0)
  })
})

describe('help', () => {
  it('lists the guides, finds in them, and shows one', async () => {
    const { page, examine } = browser
    await open('/help')
    await page.getByRole('heading', { name: 'Shaping the workspace' }).waitFor()
    expect(await examine('help')).toEqual([])
    await page.getByRole('searchbox', { name: 'Search the guides…' }).fill('numbers')
    await page.getByRole('link', { name: 'Rules: Numbers' }).click()
    await page.getByRole('heading', { name: 'Numbers', level: 2 }).waitFor()
    expect(page.url()).toBe(`${system.url}/help/rules#numbers`)
    expect(await examine('guide')).toEqual([])
    await page.getByRole('link', { name: 'filters', exact: true }).click()
    await page.getByRole('heading', { name: 'Filters', level: 1 }).waitFor()
  })

  it('is found from the palette', async () => {
    const { page } = browser
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Search records, pages and actions…').fill('moving a rec')
    await page.getByRole('button', { name: 'Pipelines: Moving a record' }).click()
    await page.getByRole('heading', { name: 'Moving a record' }).waitFor()
  })

  it('stands beside what is hard, and gives the focus back', async () => {
    const { page, examine } = browser
    await open('/settings/roles/nurse')
    const mark = page.getByRole('button', { name: 'What is this? The table of rights' })
    await mark.press('Enter')
    const explanation = page.getByRole('dialog', { name: 'What is this? The table of rights' })
    await explanation.getByRole('link', { name: 'More in the guide' }).waitFor()
    expect(await examine('help-beside')).toEqual([])
    await page.keyboard.press('Escape')
    await explanation.waitFor({ state: 'detached' })
    expect(await mark.evaluate((element) => element === document.activeElement)).toBe(true)
  })
})

describe('a new record', () => {
  it('is filled in, refused beside its field, mended and saved', async () => {
    const { page, examine } = browser
    await open('/o/patients')
    await page.getByRole('button', { name: 'New Patient' }).click()
    const form = page.getByRole('dialog', { name: 'New: Patient' })
    await form.getByLabel('Full name').fill(longName)
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.getByText('Fill this in: it is required.').first().waitFor()
    await form.getByLabel('Date of birth').fill('1984-05-03')
    await form.getByLabel('Phone', { exact: false }).first().fill('+34 600 111 222')
    expect(await examine('create')).toEqual([])
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: longName, level: 1 }).waitFor()
    expect(await newest()).toMatchObject({ full_name: longName, phone: '+34600111222' })
    expect(await examine('record-long-name')).toEqual([])
  })

  it('is refused by the server beside its field, once', async () => {
    const { page } = browser
    await page.getByRole('button', { name: 'Edit E-mail' }).click()
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nowhere')
    await page.keyboard.press('Enter')
    await page.getByText('must be an e-mail address').waitFor()
    expect(await page.getByText('must be an e-mail address').count()).toBe(1)
    await page.getByRole('textbox', { name: 'E-mail' }).press('Escape')
    browser.complaints.length = 0
  })

  it('takes a note', async () => {
    const { page } = browser
    await page.getByLabel('Write a note').fill('Called about the results.')
    await page.getByRole('button', { name: 'Save note' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Called about the results.' }).waitFor()
  })
})

describe('a record with a past', () => {
  it('shows what is linked to it, and links more', async () => {
    const { page, examine } = browser
    const [appointment] = await client.get('/appointments?limit=1&patient[notEmpty]=true')
    await open(`/o/patients/${appointment.patient.id}`)
    const appointments = page.getByRole('region', { name: 'Appointments' })
    await appointments.getByRole('listitem').first().waitFor()
    expect(await examine('record-related')).toEqual([])
  })
})

describe('the list', () => {
  beforeAll(async () => {
    await client.post('/patients', { full_name: 'Carmen Zapata', date_of_birth: '1990-02-01', phone: '+34600555666' })
  })

  it('is edited in place', async () => {
    const { page } = browser
    await open('/o/patients?sort=-createdAt')
    const cell = grid()
      .getByRole('row')
      .nth(1)
      .getByRole('gridcell')
      .filter({ hasText: /600 55 56 66/ })
    await cell.dblclick()
    await page.getByRole('textbox', { name: 'Phone' }).fill('+34 600 333 444')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await newest()).phone).toBe('+34600333444')
    expect(await browser.examine('list')).toEqual([])
  })

  it('filters in plain words, and keeps the filter as a view', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Filter' }).click()
    expect(await page.getByRole('combobox', { name: 'Field' }).inputValue()).toBe('Full name')
    await page.getByRole('textbox', { name: 'Value' }).fill('Carmen Z')
    await page.getByText('1 Patient', { exact: true }).waitFor()
    expect(await examine('filter')).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'View', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Save as a new view' }).click()
    const naming = page.getByRole('dialog', { name: 'Save as a new view' })
    await naming.getByLabel('Name').fill('Carmens')
    await naming.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('tab', { name: 'Carmens', selected: true }).waitFor()
    expect((await client.get('/objects/patients/views')).map((view: Json) => view.label)).toContain('Carmens')
  })

  it('gives back what was deleted', async () => {
    const { page, examine } = browser
    const before = await total()
    await open('/o/patients')
    await grid().getByRole('row').nth(1).getByRole('checkbox').click()
    await grid().getByRole('row').nth(2).getByRole('checkbox').click()
    expect(await examine('selection')).toEqual([])
    await page.getByRole('region', { name: 'Selected rows' }).getByRole('button', { name: 'Delete' }).click()
    const toast = page.getByRole('alert').filter({ hasText: 'Deleted 2 records' })
    await toast.waitFor()
    expect(await total()).toBe(before - 2)
    await toast.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(total).toBe(before)
  })

  it('is worked by keys alone', async () => {
    const { page } = browser
    await open('/o/patients')
    const first = grid().getByRole('row').nth(1)
    await first.waitFor()
    const second = (await grid().getByRole('row').nth(2).getByRole('link').textContent())!
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('x')
    expect(await first.getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Escape')
    expect(await first.getAttribute('aria-selected')).toBe('false')
    await page.keyboard.press('c')
    await page.getByRole('dialog', { name: 'New: Patient' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/o\/patients\/[0-9a-f-]{36}/)
    await page.getByRole('heading', { level: 1, name: second }).waitFor()
    await page.keyboard.press('Escape')
    await grid().waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    expect(await browser.examine('shortcuts')).toEqual([])
    await page.keyboard.press('Escape')
  })
})

describe('the board', () => {
  it('moves a card to another stage, by keys', async () => {
    const { page, examine } = browser
    await open('/o/admissions?as=kanban')
    const requested = page.getByRole('region', { name: 'Requested' })
    const card = requested.getByRole('group').first()
    await card.waitFor()
    expect(await examine('board')).toEqual([])
    const title = (await card.getAttribute('aria-label'))!
    await card.focus()
    await page.keyboard.press('Space')
    await page.getByText(`${title} is over Requested.`).waitFor({ state: 'attached' })
    await moveUntilTold(page, 'ArrowRight', `${title} is over Admitted.`)
    await page.keyboard.press('Space')
    await page.getByRole('region', { name: 'Admitted' }).getByRole('group', { name: title }).waitFor()
    await expect
      .poll(async () => (await client.get(`/admissions/search?q=${encodeURIComponent(title)}`))[0].stage)
      .toBe('Admitted')
  })
})

describe('settings', () => {
  it('add a field, which the form then has', async () => {
    const { page, examine } = browser
    await open('/settings/objects/patients')
    await page.getByRole('button', { name: 'Add field' }).click()
    const drawer = page.getByRole('dialog', { name: 'New field: Patient' })
    await drawer.getByRole('button', { name: /^Select/ }).waitFor()
    expect(await examine('settings-field-type')).toEqual([])
    await drawer.getByRole('button', { name: /^Yes or no/ }).click()
    await drawer.getByRole('textbox', { name: /^Name/ }).first().fill('Needs an interpreter')
    expect(await examine('settings-new-field')).toEqual([])
    await drawer.getByRole('button', { name: 'Add field' }).click()
    await drawer.waitFor({ state: 'detached' })
    await page.getByRole('listitem').filter({ hasText: 'Needs an interpreter' }).waitFor()
    await open('/o/patients?create=1')
    await page.getByRole('dialog', { name: 'New: Patient' }).getByLabel('Needs an interpreter').waitFor()
  })

  it.each(['', '/objects', '/workspace', '/members'])('of %s stand', async (section) => {
    const { page, examine } = browser
    await open(`/settings${section}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await examine(`settings${section.replace('/', '-')}`)).toEqual([])
  })
})

describe('a person', () => {
  it('changes the profile', async () => {
    await open('/profile')
    await browser.page.getByRole('heading', { name: 'Your profile' }).waitFor()
    expect(await browser.page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('UTC')
    expect(await browser.examine('profile')).toEqual([])
  })

  it('reads Spanish in the dark', async () => {
    const { page, examine } = browser
    await open('/o/patients')
    const menu = page.getByRole('button', { name: 'Ana García' })
    await menu.click()
    await page.getByRole('menuitem', { name: 'Dark' }).click()
    await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
    await menu.click()
    await page.getByRole('menuitem', { name: 'Español' }).click()
    await page.getByRole('heading', { name: 'Pacientes', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Filtro' }).waitFor()
    expect(await examine('list-spanish')).toEqual([])
    await open('/o/patients?create=1')
    await page.getByRole('dialog').getByLabel('Fecha de nacimiento').waitFor()
    expect(await examine('create-spanish')).toEqual([])
  })
})
