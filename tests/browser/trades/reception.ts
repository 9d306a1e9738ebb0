/** A morning at the reception of a hospital: who is there, who rings up, who comes later, and what is left to do. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { ApiClient, Json } from '../../client.ts'
import { expectFocus, pressUntilAt } from '../keyboard.ts'
import type { Hands } from './hands.ts'

/** Somebody who is booked for now. Whoever looks after all bookings sees it on the landing. */
export async function bookNow(clinic: ApiClient): Promise<void> {
  const [patient] = await clinic.get('/patients?search=Emma Harper')
  const [doctor] = await clinic.get('/doctors?limit=1')
  await clinic.post('/appointments', {
    reason: 'Stitches out',
    patient: patient.id,
    doctor: doctor.id,
    appointment_date: new Date().toISOString(),
    ownerId: clinic.userId,
  })
}

export async function morning(hands: Hands, clinic: ApiClient): Promise<void> {
  await checkIn(hands)
  await book(hands)
  await move(hands, clinic)
  await writeNote(hands)
  await followUp(hands)
  await hasHappened(clinic)
}

/** The patient stands at the desk. */
async function checkIn({ page, press, look }: Hands): Promise<void> {
  const visit = 'Emma Harper · Stitches out'
  await page.getByRole('link', { name: visit }).waitFor()
  await look('1-home')
  await press(page.getByRole('button', { name: `Arrived: ${visit}` }))
  await page.getByRole('button', { name: `In room: ${visit}` }).waitFor()
}

/** Somebody new rings up, for a day of next week. */
async function book(hands: Hands): Promise<void> {
  const { page, go, pick, write, choose, save, look } = hands
  await go('Appointments')
  await page.getByRole('grid').waitFor()
  await pick(page.getByRole('tab', { name: 'Calendar' }), page.getByRole('tab', { selected: true }))
  await page.getByRole('application', { name: 'Calendar of Appointments' }).waitFor()
  await look('2-calendar')
  await pointAtFreeTime(hands)
  const form = page.getByRole('dialog', { name: 'New: Appointment' })
  await form.waitFor()
  await choose(form.getByRole('combobox', { name: /^Patient/ }), 'Nadia Petrov', 'Create “Nadia Petrov”')
  const patient = page.getByRole('dialog', { name: 'New: Patient' })
  await write(patient.getByLabel('Date of birth'), '03/05/1984')
  await write(patient.getByRole('textbox', { name: /^Phone/ }), '(617) 555-0188')
  await look('3-new-patient')
  await save(patient)
  await patient.waitFor({ state: 'detached' })
  await choose(form.getByRole('combobox', { name: /^Doctor/ }), 'Nair', /Arjun Nair/)
  await write(form.getByLabel(/^Reason for visit/), 'Sore wrist')
  await look('4-new-appointment')
  await save(form)
  await form.waitFor({ state: 'detached' })
  await entry(hands).waitFor()
  await look('5-booked')
}

const entry = ({ page }: Hands): Locator => page.getByRole('button', { name: /Nadia Petrov · Sore wrist/ })

/** Points at a time of next week, on a phone of tomorrow, when nothing is booked. */
async function pointAtFreeTime({ page, isKeys, press, strike }: Hands): Promise<void> {
  const period = page.getByRole('heading', { level: 2 }).first()
  const before = await period.innerText()
  if (isKeys) await strike('n')
  else await press(page.getByRole('button', { name: 'Later' }))
  await expect.poll(() => period.innerText()).not.toBe(before)
  if (!isKeys)
    return page
      .locator('[data-free]')
      .first()
      .click({ position: { x: 40, y: toPixels(12.5) } })
  await strike('b')
  await page.locator('[data-ghost]').waitFor()
  await strike('ArrowDown', 'Enter')
}

/** How far down the day the hour is drawn. */
const toPixels = (hours: number): number => hours * 72 + 4

/** She rings again: an hour later suits her better. */
async function move(hands: Hands, clinic: ApiClient): Promise<void> {
  const { page, isKeys, isPhone, press, write, strike, look } = hands
  const before = await booked(clinic)
  const anHourLater = new Date(Date.parse(before) + 3_600_000).toISOString()
  if (isKeys) {
    await pressUntilAt(entry(hands), 'j')
    await strike('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter')
  } else if (isPhone) {
    await press(entry(hands))
    const panel = page.getByRole('complementary')
    await press(panel.getByRole('button', { name: 'Edit Date and time' }))
    const time = panel.getByLabel('Date and time')
    await write(time, (await time.inputValue()).replace('12:30', '13:30'))
    await strike('Enter')
    await panel.getByText('13:30').waitFor()
    await press(panel.getByRole('button', { name: 'Close (Esc)' }))
  } else {
    await drag(entry(hands), toPixels(1))
  }
  if (!isPhone) await page.getByRole('alert').filter({ hasText: 'Nadia Petrov · Sore wrist:' }).waitFor()
  await expect.poll(() => booked(clinic)).toBe(anHourLater)
  await look('6-moved')
}

/** So many pixels further down the day. */
async function drag(what: Locator, by: number): Promise<void> {
  const { mouse } = what.page()
  const { x, y } = (await what.boundingBox())!
  await mouse.move(x + 20, y + 8)
  await mouse.down()
  await mouse.move(x + 24, y + 16)
  await mouse.move(x + 20, y + 8 + by, { steps: 4 })
  await what.page().locator('[data-ghost]').waitFor()
  await mouse.up()
}

async function writeNote(hands: Hands): Promise<void> {
  const { page, isKeys, isPhone, find, write, press, strike, look } = hands
  await find('nadia pet', 'Nadia Petrov')
  const note = page.getByRole('textbox', { name: 'Write a note' })
  if (isPhone) await press(page.getByRole('tab', { name: 'Story' }))
  await note.waitFor()
  if (isKeys) {
    await strike('n')
    await expectFocus(note)
  }
  await write(note, 'Brings her pictures of the wrist along')
  if (isKeys) await strike('Control+Enter')
  else await press(page.getByRole('button', { name: 'Save note' }))
  await page.getByRole('listitem').getByText('Brings her pictures of the wrist along').waitFor()
  await look('7-note')
}

async function followUp(hands: Hands): Promise<void> {
  const { page, isKeys, go, write, press, strike, look } = hands
  const form = page.getByRole('form', { name: 'New task' })
  if (isKeys) {
    await strike('Escape', 't')
    await expectFocus(form.getByLabel('Title'))
  } else await page.getByRole('radiogroup', { name: 'Write' }).getByText('Task').click()
  await write(form.getByLabel('Title'), 'Ring Nadia about her pictures')
  await write(form.getByLabel('Due'), 'tomorrow 9:00')
  if (isKeys) await strike('Control+Enter')
  else await press(form.getByRole('button', { name: 'Save' }))
  await page
    .getByRole('region', { name: 'To do' })
    .getByRole('link', { name: 'Ring Nadia about her pictures' })
    .waitFor()
  await look('8-follow-up')
  await go('My day')
  await page
    .getByRole('region', { name: 'Upcoming' })
    .getByRole('link', { name: 'Ring Nadia about her pictures' })
    .waitFor()
  await look('9-my-day')
}

const visitOf = async (clinic: ApiClient): Promise<Json> => (await clinic.get('/appointments?search=Sore wrist'))[0]
const booked = async (clinic: ApiClient): Promise<string> => (await visitOf(clinic)).appointment_date

async function hasHappened(clinic: ApiClient): Promise<void> {
  const { patient, doctor } = await visitOf(clinic)
  expect([patient.title, doctor.title]).toEqual(['Nadia Petrov', 'Dr Arjun Nair'])
  expect(await clinic.get(`/patients/${patient.id}`)).toMatchObject({
    phone: '+16175550188',
    date_of_birth: '1984-05-03',
  })
  const [here] = await clinic.get('/appointments?search=Stitches out')
  expect(here).toMatchObject({ status: 'Arrived', arrived_at: expect.any(String) })
  const [task] = await clinic.get('/tasks?search=Ring Nadia')
  expect(task.about[0].id).toBe(patient.id)
}
