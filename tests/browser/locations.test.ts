/** Several sites under one roof: where they are and when open, who works at which, and the page switched to one of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { moveUntilTold } from './keyboard.ts'

// A busy machine takes its time over three pictures of each page.
vi.setConfig({ testTimeout: 60_000 })

let system: RunningSystem
let client: ApiClient
let nurse: ApiClient
let browser: TestPage
/** Ids of the locations by name. */
const places: Record<string, string> = {}

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({
    name: 'Ana García',
    workspace: 'Harbour Hospital',
    template: 'hospital',
    sampleData: true,
  })
  nurse = await addMember(system, client.tenantId, ['nurse'])
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
const order = async (): Promise<string[]> => (await client.get('/locations')).map(({ name }: Json) => name)
const switcher = () => browser.page.getByRole('button', { name: /^Location:/ })
/** The browser notes every refusal of the server in its console; the test has just asked for one. */
const expectComplaint = (status: number) => {
  expect(browser.complaints.join()).toContain(String(status))
  browser.complaints.length = 0
}

async function switchTo(name: string): Promise<void> {
  await switcher().click()
  await browser.page.getByRole('menuitem', { name, exact: true }).click()
  await browser.page.getByRole('button', { name: `Location: ${name}` }).waitFor()
}

describe('locations', () => {
  it('begin with one, of which the name is enough', async () => {
    const { page, examine } = browser
    await open('/settings/locations')
    await page.getByText('No locations yet').waitFor()
    expect(await switcher().count()).toBe(0)
    expect(await examine('locations-empty')).toEqual([])
    await page.getByRole('button', { name: 'Add location' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add location' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Centre')
    await dialog.getByRole('combobox', { name: 'Time zone' }).fill('Madrid')
    await page.getByRole('option', { name: 'Europe/Madrid' }).click()
    expect(await examine('locations-new')).toEqual([])
    await dialog.getByRole('button', { name: 'Add location' }).click()
    await page.getByRole('heading', { name: 'Centre', level: 2 }).waitFor()
    places.Centre = (await client.get('/locations'))[0].id
  })

  it('have a week with breaks, filled in by keys', async () => {
    const { page, examine } = browser
    await page.getByRole('textbox', { name: 'Address: Street', exact: true }).fill('Calle del Puerto 12')
    await page.getByRole('textbox', { name: /: (City|Town)/ }).fill('Valencia')
    await page.getByRole('button', { name: 'Fill in Monday to Friday, 9 to 17' }).press('Enter')
    const closes = page.getByLabel('Monday, closes (1)')
    await closes.fill('1 pm')
    await page.getByRole('button', { name: 'Add hours after a break on Monday' }).press('Enter')
    await page.getByText('1 h break').waitFor()
    await page.getByLabel('Monday, closes (2)').fill('24')
    await page.getByRole('button', { name: 'Copy Monday to other days' }).press('Enter')
    const copying = page.getByRole('dialog', { name: 'Copy Monday to other days' })
    await copying.getByRole('checkbox', { name: 'Saturday' }).press('Space')
    await copying.getByRole('checkbox', { name: 'Friday' }).press('Space')
    await copying.getByRole('button', { name: 'Copy', exact: true }).press('Enter')
    await copying.waitFor({ state: 'detached' })
    await page.getByLabel('Saturday, opens (2)').waitFor()
    await page.getByRole('button', { name: 'Remove hours 1 of Friday' }).press('Enter')
    await page.getByRole('button', { name: 'Add day' }).press('Enter')
    const day = page.getByRole('listitem', { name: 'New day' })
    await day.getByRole('textbox', { name: 'Date' }).fill('24/12/2026')
    await day.getByRole('textbox', { name: 'Name' }).fill('Christmas Eve')
    const eve = page.getByRole('listitem', { name: 'Christmas Eve' })
    await eve.getByRole('combobox', { name: 'That day' }).click()
    await page.getByRole('option', { name: 'Special hours' }).click()
    await eve.getByLabel('Christmas Eve, closes (1)').fill('12:00')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Centre was saved').waitFor()
    const morning = { from: '09:00', to: '13:00' }
    const split = [morning, { from: '14:00', to: '24:00' }]
    expect(await client.get(`/locations/${places.Centre}`)).toMatchObject({
      address: { city: 'Valencia' },
      hours: { mon: split, tue: split, wed: split, thu: split, sat: split },
      holidays: [{ date: '2026-12-24', name: 'Christmas Eve', hours: [{ from: '09:00', to: '12:00' }] }],
    })
    expect(await examine('location')).toEqual([])
  })

  it('say beside the hour what is wrong with it', async () => {
    const { page, examine } = browser
    await page.getByLabel('Tuesday, closes (1)').fill('08:00')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('must be after the beginning').waitFor()
    expectComplaint(400)
    expect(await examine('location-refused')).toEqual([])
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByText('must be after the beginning').waitFor({ state: 'detached' })
  })

  it('are put in order by keys', async () => {
    const { page, examine } = browser
    for (const name of ['North', 'Old town', 'Warehouse']) {
      places[name] = (await client.post('/locations', { name, timeZone: 'Atlantic/Canary' })).id
    }
    await client.patch(`/locations/${places.Warehouse}`, { active: false })
    await open('/settings/locations')
    await page.getByRole('button', { name: 'Move Centre' }).focus()
    await page.keyboard.press('Space')
    await page.getByText('Centre is at place 1.').waitFor({ state: 'attached' })
    await moveUntilTold(page, 'ArrowDown', 'Centre is at place 2.')
    await page.keyboard.press('Space')
    await expect.poll(order).toEqual(['North', 'Centre', 'Old town', 'Warehouse'])
    expect(await examine('locations')).toEqual([])
  })
})

describe('people', () => {
  it('hold a role at several locations', async () => {
    const { page, examine } = browser
    await open(`/settings/members/${nurse.userId}`)
    await page.getByRole('button', { name: /^Actions for/ }).click()
    await page.getByRole('menuitem', { name: 'Change roles' }).click()
    const dialog = page.getByRole('dialog', { name: /^Roles of/ })
    await dialog.getByRole('combobox', { name: 'Where Nurse counts' }).click()
    await page.getByRole('option', { name: 'At locations' }).click()
    await dialog.getByText('Choose at least one location').waitFor()
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    const choice = dialog.getByRole('combobox', { name: 'Locations of Nurse' })
    await choice.click()
    await page.getByRole('option', { name: 'Centre' }).click()
    await page.getByRole('option', { name: 'North' }).click()
    await page.keyboard.press('Tab')
    expect(await examine('member-roles')).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { roles } = await client.get(`/access/members/${nurse.userId}`)
    const held = roles.map(({ locationId }: Json) => locationId)
    expect(held.toSorted()).toEqual([places.North, places.Centre].toSorted())
    await page.getByText('Nurse · North, Centre').waitFor()
    await page.getByRole('button', { name: 'Patients, See: at North, Centre' }).waitFor()
    expect(await examine('member')).toEqual([])
  })

  it('are listed with their locations, and invited to some', async () => {
    const { page, examine } = browser
    await open('/settings/members')
    await page.getByRole('cell', { name: 'Nurse · North, Centre' }).waitFor()
    await page.getByRole('button', { name: 'Invite' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('ben@example.com')
    await dialog.getByRole('checkbox', { name: 'Nurse' }).check()
    await dialog.getByRole('combobox', { name: 'Where' }).click()
    await page.getByRole('option', { name: 'At locations' }).click()
    await dialog.getByRole('combobox', { name: 'Choose locations' }).click()
    await page.getByRole('option', { name: 'Old town' }).click()
    await page.keyboard.press('Tab')
    expect(await examine('invite-to-location')).toEqual([])
    await dialog.getByRole('button', { name: 'Send invitation' }).click()
    await page.getByText('Nurse · Old town').waitFor()
    expect((await client.get('/members/invitations'))[0].locations).toEqual([places['Old town']])
    expect(await examine('members-at-locations')).toEqual([])
  })

  it('stand on the page of the location', async () => {
    const { page } = browser
    await open(`/settings/locations/${places.North}`)
    const people = page.getByRole('region', { name: 'Who works here' })
    await people.getByRole('listitem').filter({ hasText: 'Nurse' }).waitFor()
    expect(await browser.examine('location-people')).toEqual([])
  })
})

describe('records', () => {
  it('belong to locations once their object does', async () => {
    const { page, examine } = browser
    await open('/settings/objects/patients')
    await page.getByRole('tab', { name: 'Name and icon' }).click()
    await page.getByRole('switch', { name: 'Records belong to locations' }).press('Space')
    expect(await examine('object-located')).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await client.get('/objects/patients')).located).toBe(true)
  })

  it('are those of the location that the page is switched to', async () => {
    const { page, examine } = browser
    await open('/o/patients')
    await page.getByRole('grid', { name: 'Patients' }).waitFor()
    await switchTo('North')
    await page.getByText('No Patients at North').waitFor()
    expect(await examine('switched-empty')).toEqual([])
    await open('/')
    await page.getByRole('heading', { name: /, Ana$/ }).waitFor()
    expect(await examine('switched-home')).toEqual([])
    await page.getByRole('button', { name: 'Show icons only' }).click()
    expect(await examine('switched-folded')).toEqual([])
    await page.getByRole('button', { name: 'Show names' }).click()
  })

  it('are those of a location on the phone too', async () => {
    const { page } = browser
    await page.setViewportSize({ width: 390, height: 844 })
    await open('/o/patients')
    await page.getByText('No Patients at North').waitFor()
    await page.getByRole('button', { name: 'Open navigation' }).click()
    await switcher().click()
    await page.getByRole('menuitem', { name: 'All locations' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText(/^\d\d+ Patients$/).waitFor()
    await page.setViewportSize({ width: 1440, height: 900 })
    await switchTo('North')
  })

  it('get it when they are made, and can be moved', async () => {
    const { page, examine } = browser
    await open('/o/patients?create=1')
    const form = page.getByRole('dialog', { name: 'New: Patient' })
    await form.getByLabel('Full name').fill('Carmen Zapata')
    await form.getByLabel('Date of birth').fill('1990-02-01')
    await form.getByLabel('Phone', { exact: false }).first().fill('+34600555666')
    const location = form.getByRole('combobox', { name: 'Location' })
    expect(await location.inputValue()).toBe('North')
    await location.scrollIntoViewIfNeeded()
    expect(await examine('create-at-location')).toEqual([])
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'Carmen Zapata', level: 1 }).waitFor()
    const id = page.url().split('/').at(-1)!
    expect(await client.get(`/patients/${id}`)).toMatchObject({ locationId: places.North })
    await page.getByRole('main').getByRole('button', { name: 'Location: North' }).click()
    await page.getByRole('menuitem', { name: 'Centre' }).click()
    await expect.poll(async () => (await client.get(`/patients/${id}`)).locationId).toBe(places.Centre)
    await page.getByRole('listitem').filter({ hasText: 'Location' }).filter({ hasText: 'Centre' }).waitFor()
    expect(await examine('record-at-location')).toEqual([])
  })

  it('are imported to the location that one chooses', async () => {
    const { page, examine } = browser
    await open('/o/patients/import')
    const buffer = Buffer.from('Full name,Date of birth,Phone\nIngrid Vale,1970-05-06,+14155550177\n')
    await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer })
    await page.getByRole('combobox', { name: 'New records belong to' }).click()
    await page.getByRole('option', { name: 'Old town' }).waitFor()
    await page.keyboard.press('Escape')
    expect(await examine('import-to-location')).toEqual([])
  })

  it('are listed, filtered and taken out by location', async () => {
    const { page, examine } = browser
    await open('/o/patients')
    await page.getByText('No Patients at North').waitFor()
    await switchTo('Centre')
    await page.getByText('1 Patient · Centre').waitFor()
    const asking = page.waitForRequest(/\/export\/file$/)
    await page
      .getByRole('button', { name: 'More actions' })
      .or(page.getByRole('button', { name: /more/i }))
      .first()
      .click()
    await page.getByRole('menuitem', { name: /CSV/ }).click()
    expect((await asking).headers()['x-oneforge-location']).toBe(places.Centre)
    await switchTo('All locations')
    await page.getByText(/^\d\d+ Patients$/).waitFor()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Location' }).check()
    await page.keyboard.press('Escape')
    await page.getByRole('columnheader', { name: 'Location' }).waitFor()
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('combobox', { name: 'Field' }).fill('Location')
    await page.getByRole('option', { name: 'Location' }).click()
    await page.getByRole('combobox', { name: 'Value' }).click()
    await page.getByRole('option', { name: 'Centre' }).click()
    await page.getByText('1 Patient', { exact: true }).waitFor()
    expect(await examine('filter-by-location')).toEqual([])
  })

  it('are all shown again when the location is taken out of use', async () => {
    const { page, examine } = browser
    await open('/o/patients')
    await switchTo('Old town')
    await page.reload()
    await page.getByRole('button', { name: 'Location: Old town' }).waitFor()
    await page.getByText('No Patients at Old town').waitFor()
    await client.patch(`/locations/${places['Old town']}`, { active: false })
    await page.getByRole('link', { name: 'Appointments' }).click()
    await page.getByText('You can no longer look at that location').waitFor()
    await page.getByRole('button', { name: 'Location: All locations' }).waitFor()
    await page.getByRole('grid', { name: 'Appointments' }).waitFor()
    expectComplaint(400)
    expect(await examine('location-gone')).toEqual([])
    await client.patch(`/locations/${places['Old town']}`, { active: true })
  })

  it('keep their location from being deleted', async () => {
    const { page, examine } = browser
    await open(`/settings/locations/${places.Centre}`)
    await page.getByRole('button', { name: 'Actions for Centre' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete Centre?' })
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByText('It cannot be deleted').waitFor()
    expectComplaint(409)
    expect(await examine('location-kept')).toEqual([])
    await dialog.getByRole('button', { name: 'Deactivate instead' }).click()
    await page.getByText('Centre is no longer active').waitFor()
    await page.getByRole('button', { name: 'Actions for Centre' }).click()
    await page.getByRole('menuitem', { name: 'Activate' }).click()
    await expect.poll(async () => (await client.get(`/locations/${places.Centre}`)).active).toBe(true)
  })
})

describe('networks', () => {
  /** The machine itself, by whichever of its addresses the browser comes. */
  const own = /^(::1\/128|127\.0\.0\.1\/32)$/
  const office = '198.51.100.0/24'
  const rule = (network: string | RegExp) => browser.page.getByRole('listitem', { name: network })

  it('never shut out whoever adds them', async () => {
    const { page, examine } = browser
    await open('/settings/networks')
    await page.getByText('Everybody gets in from anywhere').waitFor()
    expect(await examine('networks-empty')).toEqual([])
    // From another address of the machine, as long as that may come in.
    await client.post('/networks', { network: office, comment: 'Office in Barcelona, second floor', active: false })
    await page.getByRole('button', { name: 'Add network' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add network' })
    await dialog.getByRole('textbox', { name: 'Network' }).fill('300.1.1.1/24')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('must be an address or a range').waitFor()
    await dialog.getByRole('textbox', { name: 'Network' }).fill('203.0.113.0/24')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('This would shut you out').waitFor()
    browser.complaints.length = 0
    expect(await examine('networks-locked-out')).toEqual([])
    await dialog.getByRole('button', { name: /^Use my address/ }).click()
    await dialog.getByRole('textbox', { name: 'Comment' }).fill('Reception desk')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await rule(own).getByText('Reception desk').waitFor()
  })

  it('are for the whole workspace or a location, in IPv4 or IPv6, and can rest', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Add network' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add network' })
    await dialog.getByRole('textbox', { name: 'Network' }).fill('2001:db8::/32')
    await dialog.getByRole('combobox', { name: 'Counts for' }).click()
    await page.getByRole('option', { name: 'Old town' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await rule('2001:db8::/32').getByText('Old town').waitFor()
    const active = () => rule(office).getByRole('switch').isChecked()
    await rule(office).getByRole('switch').press('Space')
    await expect.poll(active).toBe(true)
    await rule(own).getByRole('switch').press('Space')
    await rule(own).getByText('This would shut you out').waitFor()
    expectComplaint(409)
    expect(await rule(own).getByRole('switch').isChecked()).toBe(true)
    expect(await examine('networks')).toEqual([])
    await rule(office).getByRole('switch').press('Space')
    await expect.poll(active).toBe(false)
    await rule(office)
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await rule(office).waitFor({ state: 'detached' })
  })

  it('close a location to people elsewhere', async () => {
    await open('/o/patients')
    await switcher().click()
    expect(await browser.page.getByRole('menuitem', { name: 'Old town' }).count()).toBe(0)
    expect(await browser.examine('switcher')).toEqual([])
  })
})

it('speaks Spanish', async () => {
  const { page, examine } = browser
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Ana García' }).click()
  await page.getByRole('menuitem', { name: 'Español' }).click()
  await page.getByRole('heading', { name: 'Pacientes', level: 1 }).waitFor()
  await open(`/settings/locations/${places.Centre}`)
  await page.getByRole('region', { name: 'Horario' }).waitFor()
  expect(await examine('location-spanish')).toEqual([])
})
