/** A receptionist's day in the diary: looking, moving, lengthening and making appointments, by mouse and by keys. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { expectFocus } from './keyboard.ts'

/** A week without a change of clocks in the workspace's zone. */
const monday = '2026-11-16'
const tuesday = '2026-11-17'

let system: RunningSystem
let client: ApiClient
let browser: TestPage
/** What the page has asked for the lists of appointments. */
const asked: string[] = []
let doctors: { id: string; title: string }[]

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ana García', workspace: 'Bay Clinic', template: 'hospital' })
  await client.patch('/workspace', { timeZone: 'Europe/Madrid' })
  await fillDiary()
  browser = await openSignedIn(system.url, client)
  browser.page.on('request', (request) => {
    if (request.url().endsWith('/appointments/query')) asked.push(request.postData() ?? '')
  })
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})
beforeEach(() => {
  browser.complaints.length = 0
  return () => expect(browser.complaints).toEqual([])
})

const visits = [
  { reason: 'Ear pain', doctor: 0, at: `${monday}T09:00:00+01:00`, duration_minutes: 30 },
  { reason: 'Vaccination', doctor: 1, at: `${monday}T09:15:00+01:00`, duration_minutes: 30 },
  { reason: 'Blood pressure', doctor: 0, at: `${tuesday}T10:00:00+01:00`, duration_minutes: 45 },
  { reason: 'Dressing', doctor: 1, at: '2026-11-18T12:00:00+01:00', duration_minutes: 30 },
]

async function fillDiary(): Promise<void> {
  const names = ['Dr Amara Kim', 'Dr Jan Nowak']
  doctors = await Promise.all(names.map((full_name) => client.post('/doctors', { full_name })))
  const patient = { full_name: 'Lena Ortiz', date_of_birth: '1988-02-03', phone: '+34 600 100 200' }
  const { id } = await client.post('/patients', patient)
  for (const { at, doctor, ...visit } of visits) {
    await client.post('/appointments', { ...visit, patient: id, doctor: doctors[doctor]!.id, appointment_date: at })
  }
  const hours = [
    { from: '08:30', to: '14:00' },
    { from: '15:00', to: '18:00' },
  ]
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, hours]))
  const holidays = [{ date: '2026-11-19', name: 'Feast of the city' }]
  await client.post('/locations', { name: 'Harbour', timeZone: 'Europe/Madrid', hours: week, holidays })
}

const entry = (page: Page, title: string) => page.getByRole('button', { name: new RegExp(`(^| )${title} `) })
const stored = async (title: string) =>
  (await client.get(`/appointments?limit=50`)).find(({ reason }: { reason: string }) => reason === title)
const begins = async (title: string) => (await stored(title)).appointment_date
const open = async (page: Page, query: string) => {
  await page.goto(`${system.url}/o/appointments?view=all&day=${monday}&${query}`)
  await entry(page, 'Ear pain').first().waitFor()
}

/** Drags the middle of an entry so many columns and minutes on. */
async function drag(page: Page, what: Locator, by: { columns: number; minutes: number }): Promise<void> {
  await what.waitFor()
  const from = (await what.boundingBox())!
  const column = (await page.locator('[data-column="0"]').last().boundingBox())!
  const x = from.x + from.width / 2
  const y = from.y + Math.min(10, from.height / 2)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 8, y + 8)
  await page.mouse.move(x + by.columns * column.width, y + by.minutes * 1.2, { steps: 4 })
  await page.locator('[data-ghost]').waitFor()
  await page.mouse.up()
}

describe('the calendar of a week', () => {
  it('shows appointments side by side, in the hours of the location', async () => {
    const { page, examine } = browser
    await open(page, 'as=calendar&span=week')
    const [one, other] = await Promise.all(['Ear pain', 'Vaccination'].map((title) => entry(page, title).boundingBox()))
    expect(one!.x + one!.width).toBeLessThanOrEqual(other!.x)
    expect(one!.width).toBeCloseTo(other!.width, 0)
    await page.getByText('Feast of the city').waitFor()
    expect(await examine('calendar-week')).toEqual([])
  })

  it('moves an appointment by mouse, and back by the toast', async () => {
    const { page } = browser
    await drag(page, entry(page, 'Ear pain'), { columns: 2, minutes: 60 })
    await page.getByText('Ear pain: Wed').waitFor()
    await expect.poll(() => begins('Ear pain')).toBe('2026-11-18T09:00:00.000Z')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => begins('Ear pain')).toBe('2026-11-16T08:00:00.000Z')
  })

  it('is looked at beside the calendar by a click and by space, and the keys go on at the entry', async () => {
    const { page } = browser
    const panel = page.getByRole('complementary', { name: /^Beside the list/ })
    await entry(page, 'Ear pain').click()
    await panel.getByText('Ear pain').first().waitFor()
    // It keeps nobody from booking the patient twice, but says so.
    await panel.getByRole('link', { name: 'Lena Ortiz is booked at this time: 09:15–09:45, Vaccination' }).waitFor()
    await panel.getByRole('button', { name: 'Close (Esc)' }).click()
    await panel.waitFor({ state: 'detached' })
    await expectFocus(entry(page, 'Ear pain'))
    await page.keyboard.press('Space')
    await panel.waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  it('asks whose time stays when somebody moved it in between', async () => {
    const { page, complaints } = browser
    const { id } = await stored('Dressing')
    await client.patch(`/appointments/${id}`, { appointment_date: '2026-11-18T12:30:00.000Z' })
    await drag(page, entry(page, 'Dressing'), { columns: 1, minutes: 0 })
    await page.getByRole('dialog').getByRole('button', { name: 'Keep what is saved' }).click()
    await entry(page, 'Dressing 13:30')
      .or(page.getByRole('button', { name: /Dressing .* 13:30–14:00/ }))
      .first()
      .waitFor()
    expect(await begins('Dressing')).toBe('2026-11-18T12:30:00.000Z')
    // The browser tells of the refusal itself.
    expect(complaints.splice(0).every((text) => text.includes('409'))).toBe(true)
  })

  it('lengthens it at its lower edge', async () => {
    const { page } = browser
    await drag(page, entry(page, 'Ear pain').locator('[data-edge]'), { columns: 0, minutes: 45 })
    await expect.poll(async () => (await stored('Ear pain')).duration_minutes).toBe(75)
  })

  it('is worked with the keys alone: on by a day, longer, and not by Escape', async () => {
    const { page } = browser
    const { keyboard } = page
    await entry(page, 'Vaccination').focus()
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown']) await keyboard.press(key)
    await page.getByText('Vaccination, Tuesday 17 November, 09:45–10:15').waitFor({ state: 'attached' })
    await keyboard.press('Escape')
    await keyboard.press('ArrowRight')
    await keyboard.press('Shift+ArrowDown')
    await keyboard.press('Enter')
    await expect.poll(() => begins('Vaccination')).toBe('2026-11-17T08:15:00.000Z')
    expect((await stored('Vaccination')).duration_minutes).toBe(45)
    await expectFocus(entry(page, 'Vaccination'))
    await keyboard.press('j')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Blood pressure')
    await keyboard.press('Enter')
    await page.waitForURL(/\/o\/appointments\/[0-9a-f-]+$/)
    await page.getByRole('heading', { level: 1, name: 'Blood pressure' }).waitFor()
    // The list is where it was left.
    await page.keyboard.press('Escape')
    await page.waitForURL(/as=calendar/)
  })

  it('makes a new one where somebody draws it, with the time filled in', async () => {
    const { page } = browser
    await entry(page, 'Ear pain').waitFor()
    const column = (await page.locator('[data-column="4"] [data-free]').boundingBox())!
    const x = column.x + 40
    const y = column.y + 11 * 72 + 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x, y + 20)
    await page.mouse.move(x, y + 72, { steps: 3 })
    await page.mouse.up()
    const form = page.getByRole('dialog', { name: 'New: Appointment' })
    await form.getByLabel('Date and time').waitFor()
    await expect.poll(() => form.getByLabel('Date and time').inputValue()).toBe('20/11/2026 11:00')
    expect(await form.getByLabel('Duration (minutes)').inputValue()).toBe('60')
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
  })
})

describe('an empty slot', () => {
  it('is booked by keys', async () => {
    const { page } = browser
    await entry(page, 'Ear pain').waitFor()
    await page.keyboard.press('b')
    await page.keyboard.press('ArrowDown')
    await page.locator('[data-ghost]').getByText('08:45–09:15').waitFor()
    await page.keyboard.press('Escape')
  })
})

describe('the other spans', () => {
  it('show the month, in which arrows move by days', async () => {
    const { page, examine } = browser
    await open(page, 'as=calendar&span=month')
    expect(await examine('calendar-month')).toEqual([])
    await entry(page, 'Blood pressure').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => begins('Blood pressure')).toBe('2026-11-24T09:00:00.000Z')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => begins('Blood pressure')).toBe('2026-11-17T09:00:00.000Z')
  })

  it('list the days one below the other', async () => {
    const { page, examine } = browser
    await page.keyboard.press('a')
    await page.getByRole('heading', { name: 'Tuesday, 17 November 2026' }).waitFor()
    expect(await examine('calendar-agenda')).toEqual([])
  })
})

describe('the schedule', () => {
  it('has a column for each doctor, and gives an appointment to another', async () => {
    const { page, examine } = browser
    await open(page, 'as=schedule&span=day')
    expect(await examine('schedule-day')).toEqual([])
    await drag(page, entry(page, 'Ear pain'), { columns: 1, minutes: 45 })
    await expect.poll(async () => (await stored('Ear pain')).doctor.title).toBe('Dr Jan Nowak')
    expect(await begins('Ear pain')).toBe('2026-11-16T08:45:00.000Z')
  })

  it('lets the columns be chosen and ordered', async () => {
    const { page, examine } = browser
    await page.getByRole('button', { name: 'Columns', exact: true }).last().click()
    await page.getByRole('checkbox', { name: 'Show Without Doctor' }).check()
    await page.getByRole('button', { name: 'Move Dr Jan Nowak forward' }).click()
    await page.keyboard.press('Escape')
    const heads = page.locator('[data-diary] [title^="Dr"], [data-diary] [title="Without Doctor"]')
    await expect.poll(() => heads.allInnerTexts()).toEqual(['Dr Jan Nowak', 'Dr Amara Kim', 'Without Doctor'])
    await page.getByText('Week', { exact: true }).click()
    await entry(page, 'Ear pain').waitFor()
    expect(await examine('schedule-week')).toEqual([])
  })
})

/** Takes hold of a bar of twelve weeks, or of its end, and lets it go so many days on. */
async function pull(page: Page, what: Locator, days: number): Promise<void> {
  const from = (await what.boundingBox())!
  const now = (await page.locator('[data-marks]').boundingBox())!
  const x = from.x + from.width / 2
  const y = from.y + from.height / 2
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 6 * Math.sign(days), y)
  await page.mouse.move(x + (days * now.width) / 84, y, { steps: 4 })
  await page.locator('[data-held]').waitFor()
  await page.mouse.up()
  await page.locator('[data-held]').waitFor({ state: 'detached' })
}

describe('the timeline', () => {
  const hipOf = async (): Promise<string[]> => {
    const [{ admitted, discharge }] = await client.get('/stays?name=Hip')
    return [admitted, discharge]
  }

  it('shows bars over time, moved and stretched by keys and by mouse, in groups', async () => {
    const { page, examine } = browser
    await client.post('/objects', {
      slug: 'stays',
      label: 'Stay',
      labelPlural: 'Stays',
      fields: [
        { key: 'name', label: 'Name', type: 'text', required: true },
        { key: 'ward', label: 'Ward', type: 'select', options: ['North', 'South'] },
        { key: 'admitted', label: 'From', type: 'date' },
        { key: 'discharge', label: 'Until', type: 'date' },
      ],
      roles: { startsAt: 'admitted', endsAt: 'discharge' },
    })
    await client.post('/stays', {
      name: 'Hip',
      ward: 'North',
      admitted: '2026-11-17',
      discharge: '2026-11-24',
    })
    await client.post('/stays', { name: 'Knee', ward: 'South', admitted: '2026-11-20' })
    await client.post('/stays', { name: 'Long ago', ward: 'South', admitted: '2024-11-20' })
    await page.goto(`${system.url}/o/stays?as=timeline&day=${monday}`)
    const hip = page.getByRole('button', { name: /^Hip/ })
    await hip.waitFor()
    await page.getByLabel('Groups').selectOption('ward')
    await page.getByRole('heading', { name: 'North 1' }).waitFor()
    expect(await page.getByText('Long ago').count()).toBe(0)
    expect(await examine('timeline-weeks')).toEqual([])
    await hip.focus()
    for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
    await expect.poll(hipOf).toEqual(['2026-11-19', '2026-11-26'])
    await expectFocus(hip)
    for (const key of ['Shift+ArrowRight', 'Enter']) await page.keyboard.press(key)
    await expect.poll(hipOf).toEqual(['2026-11-19', '2026-11-27'])
    await page.keyboard.press('ArrowDown')
    await expectFocus(page.getByRole('button', { name: /^Knee/ }))
    await pull(page, hip, 7)
    await expect.poll(hipOf).toEqual(['2026-11-26', '2026-12-04'])
    await pull(page, hip.locator('[data-edge]'), -3)
    await expect.poll(hipOf).toEqual(['2026-11-26', '2026-12-01'])
    await page.keyboard.press('q')
    await page.getByText('Q4 2026').waitFor()
    expect(page.url()).toContain('quarter')
  })
})

it('asks for no list of appointments without its days', () => {
  expect(asked.length).toBeGreaterThan(5)
  // Whether others changed something is asked by the moment of it.
  expect(asked.filter((body) => !body.includes('"appointment_date"') && !body.includes('"updatedAt"'))).toEqual([])
})

describe('the day', () => {
  it('stands on the home page, where patients arrive with one click', async () => {
    const { page, examine } = browser
    const patient = (await client.get('/patients?limit=1'))[0].id
    const visit = { reason: 'Stitches', patient, doctor: doctors[0]!.id, appointment_date: new Date().toISOString() }
    const { id } = await client.post('/appointments', visit)
    await page.goto(`${system.url}/`)
    await page.getByRole('link', { name: 'Lena Ortiz · Stitches' }).waitFor()
    expect(await examine('home-bookings')).toEqual([])
    await page.getByRole('button', { name: 'Arrived: Lena Ortiz · Stitches' }).click()
    await page.getByRole('button', { name: 'In room: Lena Ortiz · Stitches' }).waitFor()
    expect(await client.get(`/appointments/${id}`)).toMatchObject({ status: 'Arrived', arrived_at: expect.any(String) })
  })

  it('shows on an open record what a colleague changes, and that they deleted it', async () => {
    const { page } = browser
    await page.getByRole('link', { name: 'Lena Ortiz · Stitches' }).click()
    await page.getByRole('heading', { level: 1, name: 'Stitches' }).waitFor()
    const [{ id }] = (await client.get('/appointments?limit=50')).filter(
      ({ reason }: { reason: string }) => reason === 'Stitches',
    )
    // Whoever comes back to the window sees at once what they would see some seconds later.
    const comeBack = () => page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
    await client.patch(`/appointments/${id}`, { reason: 'Stitches out' })
    await comeBack()
    await page.getByRole('heading', { level: 1, name: 'Stitches out' }).waitFor()
    await client.send('DELETE', `/appointments/${id}`)
    await comeBack()
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByRole('button', { name: 'Restore' }).waitFor({ state: 'detached' })
    expect((await client.get(`/appointments/${id}`)).deletedAt ?? null).toBeNull()
    browser.complaints.splice(0)
  })
})

describe('on paper', () => {
  it('a diary stands alone, and a list with all of its rows', async () => {
    const { page } = browser
    await open(page, 'as=calendar&span=week')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: 'New Appointment' }).isVisible()).toBe(false)
    expect(await entry(page, 'Blood pressure').isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
    await page.goto(`${system.url}/o/appointments?view=all`)
    await page.getByRole('grid').getByText('Blood pressure').waitFor()
    const printed = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          window.print = () => resolve(document.querySelectorAll('body > div > table tbody tr').length)
        }),
    )
    await page.getByRole('button', { name: 'More for this list' }).click()
    await page.getByRole('menuitem', { name: 'Print' }).click()
    expect(await printed).toBe(visits.length + 1)
  })
})
