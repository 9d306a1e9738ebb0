/** Records that may be the same, on the page: warned of in the form, gone through in the queue, merged and taken apart. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

// A busy machine takes its time over three pictures of each page.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })

let system: RunningSystem
let client: ApiClient
let browser: TestPage
let maria: Json
let mary: Json

const patient = (values: object) =>
  client.post('/patients', { date_of_birth: '1980-04-01', phone: '+34 600 99 88 77', ...values })
const pairs = (state = 'open'): Promise<Json[]> => client.get(`/duplicates?object=patients&state=${state}`)

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({
    name: 'Ana García',
    workspace: 'Harbour Hospital',
    template: 'hospital',
    sampleData: true,
  })
  maria = await patient({ full_name: 'Maria Gonzalez', email: 'maria@example.org', blood_group: 'A+' })
  mary = await patient({ full_name: 'María Gonzales', gender: 'female', height_cm: 168, phone: '+34 600 99 88 76' })
  await client.post(`/patients/${mary.id}/notes`, { body: 'Prefers mornings' })
  await patient({ full_name: 'Peter Olsen', date_of_birth: '1971-02-03', phone: '+34 600 11 22 33' })
  await patient({ full_name: 'Petter Olsen', date_of_birth: '1971-02-03', phone: '+34 600 11 22 33' })
  await vi.waitFor(async () => expect((await pairs()).length).toBe(2), { timeout: 20_000, interval: 200 })
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

describe('duplicates', () => {
  it('are warned of while a record is filled in', async () => {
    const { page, examine } = browser
    await open('/o/patients?create=1')
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Full name' }).fill('Maria Gonsalez')
    await form.getByRole('textbox', { name: 'Date of birth' }).fill('01/04/1980')
    await form.getByText('Is it here already?').waitFor()
    await form.getByRole('link', { name: 'Maria Gonzalez' }).waitFor()
    expect(await examine('duplicates-warning')).toEqual([])
  })

  it('are gone through by keys: not the same, taken back', async () => {
    const { page, examine } = browser
    await open('/o/patients/duplicates')
    await page
      .getByRole('radio', { name: /^Keep Peter|^Keep Petter/ })
      .first()
      .waitFor()
    expect(await examine('duplicates-queue')).toEqual([])
    await page.keyboard.press('j')
    await page.getByText('2 / 2').waitFor()
    await page.keyboard.press('k')
    await page.getByText('1 / 2').waitFor()
    await page.keyboard.press('d')
    await page.getByText('Noted: they are not the same').waitFor()
    await page.getByText('1 / 1').waitFor()
    expect((await pairs('dismissed')).length).toBe(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('1 / 2').waitFor()
  })

  it('are merged with a choice for each field, and taken apart again', async () => {
    const { page, examine } = browser
    await open(`/o/patients/merge/${maria.id}?with=${mary.id}`)
    await page.getByRole('radio', { name: /^Keep María Gonzales/ }).waitFor()
    await page.keyboard.press('2')
    await page.getByRole('button', { name: `Merge into ${mary.recordNumber}` }).waitFor()
    await page.getByRole('radio', { name: 'Full name of record 1' }).check()
    expect(await examine('duplicates-merge')).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: `Merge into ${mary.recordNumber}` }).click()
    await page.getByRole('heading', { name: 'Maria Gonzalez', level: 1 }).waitFor()
    await page.getByText('Prefers mornings').waitFor()
    expect(page.url()).toContain(mary.id)
    expect(await client.get(`/patients/${mary.id}`)).toMatchObject({
      full_name: 'Maria Gonzalez',
      email: 'maria@example.org',
      blood_group: 'A+',
      height_cm: 168,
    })
    expect(await examine('duplicates-merged')).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('The merge was undone').waitFor()
    await page.getByRole('heading', { name: 'María Gonzales', level: 1 }).waitFor()
    expect((await client.get(`/patients/${maria.id}`)).email).toBe('maria@example.org')
  })

  it('lead from the address of the one that went to the one that stayed', async () => {
    const { page } = browser
    await client.post('/patients/merge', { keep: maria.id, from: mary.id })
    await open(`/o/patients/${mary.id}`)
    await page.getByRole('heading', { name: 'Maria Gonzalez', level: 1 }).waitFor()
    await page.waitForURL(`**/o/patients/${maria.id}`)
    await page
      .getByRole('button', { name: /record|more|actions/i })
      .first()
      .waitFor()
  })

  it('are found by rules in plain words, which are tried out', async () => {
    const { page, examine } = browser
    await open('/settings/objects/patients')
    await page.getByRole('tab', { name: 'Duplicates' }).click()
    await page.getByText('similar Full name and same Date of birth').waitFor()
    await page.getByRole('button', { name: 'Try out' }).click()
    await page.getByText(/pairs? among the newest/i).waitFor()
    expect(await examine('duplicates-settings')).toEqual([])
    await page.getByRole('button', { name: 'Add rule' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('The rules were saved').waitFor()
    expect((await client.get('/objects/patients/duplicates')).isDefault).toBe(false)
    await page.getByRole('button', { name: 'Back to the suggested rules' }).click()
    await vi.waitFor(async () => expect((await client.get('/objects/patients/duplicates')).isDefault).toBe(true))
  })
})
