/** A hospital writes to its patients by itself: a welcome, what was booked, and a word the day before. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { ApiClient } from '../../client.ts'
import type { World } from './automation.world.ts'
import { type Hands, signInBy } from './hands.ts'

const patient = 'Nadia Petrov'
const address = 'nadia@example.org'
const workspace = 'Harbour Clinic'

export async function remind(hands: Hands, world: World): Promise<void> {
  const clinic = await world.system.register({ name: 'Ana García', workspace, template: 'hospital' })
  await clinic.post('/doctors', { full_name: 'Dr Arjun Nair' })
  await signInBy(hands, world.system.url, clinic)
  await register(hands)
  const welcome = await world.mailTo(address, `Welcome to ${workspace}`)
  expect(welcome.text).toContain(`Dear ${patient}`)
  await book(hands)
  const confirmation = await world.mailTo(address, `Your appointment at ${workspace}`)
  expect(confirmation.text).toContain('Dr Arjun Nair')
  await world.reachMoment(await dayBefore(clinic))
  const reminder = await world.mailTo(address, 'Your appointment is tomorrow')
  expect(reminder.text).toContain('10:00')
  await lookAtRuns(hands)
}

/** An empty list offers it twice. */
const beginning = ({ page }: Hands, object: string): Locator =>
  page.getByRole('button', { name: `New ${object}` }).first()

async function register(hands: Hands): Promise<void> {
  const { page, go, press, write, save, look } = hands
  await go('Patients')
  await page.getByRole('heading', { level: 1, name: 'Patients' }).waitFor()
  await press(beginning(hands, 'Patient'))
  const form = page.getByRole('dialog', { name: 'New: Patient' })
  await write(form.getByLabel('Full name'), patient)
  await write(form.getByLabel('Date of birth'), '03/05/1984')
  await write(form.getByRole('textbox', { name: /^Phone/ }), '(617) 555-0188')
  await write(form.getByRole('textbox', { name: /^E-mail/ }), address)
  await look('1-patient')
  await save(form)
  await page.getByRole('heading', { level: 1, name: patient }).waitFor()
}

/** For the day after tomorrow: what comes a day before is yet to come. */
async function book(hands: Hands): Promise<void> {
  const { page, go, press, write, choose, save, look } = hands
  await go('Appointments')
  await page.getByRole('heading', { level: 1, name: 'Appointments' }).waitFor()
  await press(beginning(hands, 'Appointment'))
  const form = page.getByRole('dialog', { name: 'New: Appointment' })
  await choose(form.getByRole('combobox', { name: /^Patient/ }), 'nadia', new RegExp(`^${patient}`))
  await choose(form.getByRole('combobox', { name: /^Doctor/ }), 'nair', /Arjun Nair/)
  await write(form.getByLabel(/^Date and time/), `${inDays(3)} 10:00`)
  await write(form.getByLabel(/^Reason for visit/), 'Sore wrist')
  await look('2-appointment')
  await save(form)
  await form.waitFor({ state: 'detached' })
}

/** A day from now, as the form takes it everywhere. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function dayBefore(clinic: ApiClient): Promise<Date> {
  const [visit] = await clinic.get('/appointments?search=Sore wrist')
  return new Date(Date.parse(visit.appointment_date) - 86_400_000 + 60_000)
}

async function lookAtRuns(hands: Hands): Promise<void> {
  const { page, go, press, look } = hands
  await go('Automation')
  await look('3-workflows')
  await press(page.getByRole('main').getByRole('link', { name: 'Runs', exact: true }))
  const runs = page.getByRole('list', { name: 'Runs' })
  for (const name of ['Welcome a new patient', 'Confirm an appointment', 'Remind a day before']) {
    await line(runs, name).getByText('Done').waitFor()
  }
  await look('4-runs')
  await press(line(runs, 'Remind a day before').getByRole('link'))
  await page
    .locator('[data-mark]')
    .filter({ hasText: /Send an e-mail.*Done/s })
    .waitFor()
  await look('5-run')
}

const line = (runs: Locator, name: string): Locator => runs.getByRole('listitem').filter({ hasText: name })
