/** E-mails from the first template to the story of the record that they are about. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SmtpInbox } from '../../packages/adapters/email/smtp-inbox.fixture.ts'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

let inbox: SmtpInbox
let system: RunningSystem
let ana: ApiClient
let lena: Json
let browser: TestPage

beforeAll(async () => {
  inbox = await SmtpInbox.start()
  system = await startSystem({ mailDomain: 'log.example.com', smtpUrl: inbox.url, mailServersInside: true })
  ana = await system.register({ name: 'Ana García', workspace: 'Bay Clinic', template: 'hospital' })
  const doctor = await ana.post('/doctors', { full_name: 'Dr. Wu', email: 'wu@bay.example' })
  lena = await ana.post('/patients', {
    full_name: 'Lena Ortiz',
    date_of_birth: '1980-01-01',
    phone: '+14155550123',
    email: 'lena@example.org',
    primary_doctor: doctor.id,
  })
  await ana.put('/mail-signature', { html: '<p><b>Ana García</b><br>Bay Clinic</p>' })
  browser = await openSignedIn(system.url, ana)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
  await inbox?.stop()
})

it('a template is written and looked at on a record, sent, and stands in the story of the record', async () => {
  const { page, examine, complaints } = browser
  await page.goto(`${system.url}/settings/mail`)
  await page.getByRole('link', { name: 'New template' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Before a visit')
  await page.getByRole('textbox', { name: 'Folder' }).fill('Patients')
  await page.getByRole('combobox', { name: 'For records of' }).click()
  await page.getByRole('option', { name: 'Patients', exact: true }).click()
  await page.getByRole('textbox', { name: 'Subject' }).fill('Your visit, ')
  await page.getByRole('combobox', { name: 'Insert a merge field' }).fill('Full name')
  await page.getByRole('option', { name: 'Full name' }).first().click()
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Subject' }).inputValue())
    .toContain('{{ record.full_name }}')
  const text = page.getByRole('textbox', { name: 'Text', exact: true })
  await text.fill('Dear {{ record.full_nam }}, see you soon.')
  await page.getByText('“full_nam” is no field of').waitFor()
  await text.fill('Dear {{ record.full_name }}, {{ record.primary_doctor.full_name }} sees you soon.')
  await page.getByText('“full_nam” is no field of').waitFor({ state: 'detached' })
  await page.getByRole('combobox', { name: 'Fill with a record' }).fill('Lena')
  await page.getByRole('option', { name: /Lena Ortiz/ }).click()
  const frame = page.frameLocator('iframe[title="Preview of the message"]')
  await frame.getByText('Dear Lena Ortiz, Dr. Wu sees you soon.').waitFor()
  expect(await examine('mail-template')).toEqual([])
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'Before a visit' }).waitFor()
  await page.getByText('Your visit, ‹Full name›').waitFor()
  expect(await examine('mail-templates')).toEqual([])

  await page.getByRole('tab', { name: 'Server' }).click()
  await page.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1')
  await page.getByRole('textbox', { name: 'Sender’s name' }).fill('Bay Clinic')
  await page.getByRole('textbox', { name: 'Sender’s address' }).fill('desk@bay.example')
  expect(await examine('mail-server')).toEqual([])

  await page.goto(`${system.url}/o/patients/${lena.id}`)
  await page.getByRole('button', { name: 'Write an e-mail' }).click()
  const dialog = page.getByRole('dialog', { name: 'Write an e-mail' })
  await expect.poll(() => dialog.getByRole('textbox', { name: 'To' }).inputValue()).toBe('lena@example.org')
  await dialog.getByRole('textbox', { name: 'Message' }).fill('See you soon.')
  expect(await examine('mail-email')).toEqual([])
  await dialog.getByRole('combobox', { name: 'Template' }).click()
  await page.getByRole('option', { name: 'Before a visit' }).click()
  await page.frameLocator('iframe').getByText('Dear Lena Ortiz, Dr. Wu sees you soon.').waitFor()
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('Your visit, Lena Ortiz')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Your visit, Lena Ortiz' }).waitFor()
  await expect.poll(() => inbox.latest('lena@example.org')?.subject, { timeout: 15_000 }).toBe('Your visit, Lena Ortiz')
  expect(await examine('mail-story')).toEqual([])
  expect(complaints).toEqual([])
})
