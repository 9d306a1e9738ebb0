/** A form is put together and opened by an administrator, and filled in by a visitor in a frame of another page. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

let system: RunningSystem
let client: ApiClient
let browser: TestPage
let site: Server
let script = ''

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ana García', workspace: 'Talent', template: 'recruiting' })
  const relation = { object: 'vacancies', many: true, inverse: { key: 'interested', label: 'Interested' } }
  await client.post('/objects/candidates/fields', { key: 'jobs', label: 'Jobs', type: 'relation', relation })
  for (const name of ['Cook', 'Driver']) await client.post('/vacancies', { name, status: 'Open' })
  browser = await openSignedIn(system.url, client)
  site = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><html lang="en"><title>Jobs</title><main><h1>Jobs</h1>${script}</main></html>`)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await browser?.close()
  site?.close()
  await system?.stop()
})
beforeEach(() => {
  browser.complaints.length = 0
  return () => expect(browser.complaints).toEqual([])
})

it('is put together with its preview beside it', async () => {
  const { page, examine } = browser
  await page.goto(`${system.url}/settings/forms`)
  await page.getByText('No forms yet').waitFor()
  await page.getByRole('button', { name: 'New form' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Apply with us')
  await page.getByRole('combobox', { name: 'What it makes' }).click()
  await page.getByRole('option', { name: 'Candidates' }).click()
  await page.getByRole('button', { name: 'Create form' }).click()
  const preview = page.getByRole('complementary', { name: 'Preview' })
  await preview.getByRole('textbox', { name: 'Full name' }).waitFor()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Field', exact: true }).click()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Portfolio' }).click()
  await page.getByRole('button', { name: 'Change “Portfolio”' }).click()
  const drawer = page.getByRole('dialog', { name: 'Portfolio' })
  await drawer.getByRole('textbox', { name: 'Question' }).fill('Show us your work')
  await drawer.getByRole('switch', { name: 'Ask it only while …' }).check()
  await drawer.getByRole('textbox', { name: 'Question' }).press('Escape')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Consent', exact: true }).click()
  await page.keyboard.press('Escape')
  await preview.getByText('You may keep and use what I send.').waitFor()
  expect(await examine('form-edited')).toEqual([])
})

it('asks for files, and for records once it is decided that their names are public', async () => {
  const { page, examine } = browser
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'CV', exact: true }).click()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Jobs', exact: true }).click()
  const jobs = page.getByRole('dialog', { name: 'Jobs' })
  await jobs.getByRole('checkbox', { name: 'The names of Vacancies may become public' }).check()
  expect(await examine('form-offer')).toEqual([])
  await jobs.getByRole('textbox', { name: 'Question' }).press('Escape')
  await jobs.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The form is saved').waitFor()
})

it('is opened and found', async () => {
  const { page, examine } = browser
  await page.getByRole('switch', { name: 'Open' }).click()
  await page.getByRole('switch', { name: 'Open', checked: true }).waitFor()
  await page.getByRole('tab', { name: 'Share' }).click()
  script = await page.locator('pre', { hasText: 'embed.js' }).innerText()
  expect(await examine('form-shared')).toEqual([])
})

it('is filled in by a visitor of another site, who is told what is missing, and thanked', async () => {
  const visitor = await browser.another()
  const { page } = visitor
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByText('Please answer this.').first().waitFor()
  await frame.getByRole('textbox', { name: 'Full name' }).fill('Lena Krüger')
  await frame.getByRole('textbox', { name: 'E-mail', exact: true }).fill('lena@example.com')
  // It is as high as what is in it.
  const height = await frame.locator('main').evaluate((element) => (element as HTMLElement).offsetHeight)
  await expect.poll(async () => (await page.locator('iframe').boundingBox())?.height).toBe(height)
  const cv = { name: 'cv.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') }
  await frame.locator('input[type=file]').setInputFiles(cv)
  await frame.getByRole('button', { name: 'Remove cv.pdf' }).waitFor()
  await frame.getByRole('combobox', { name: 'Jobs' }).click()
  await frame.getByRole('option', { name: 'Driver' }).click()
  await frame.getByRole('combobox', { name: 'Jobs' }).press('Escape')
  await frame.getByRole('checkbox', { name: 'You may keep and use what I send.' }).check()
  expect(await visitor.examine('form-visitor')).toEqual([])
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByRole('heading', { name: 'Thank you' }).waitFor()
  await visitor.close()
  const { page: own, examine } = browser
  await own.getByRole('tab', { name: 'Results' }).click()
  await own.getByRole('link', { name: 'Lena Krüger' }).waitFor()
  expect(await examine('form-results')).toEqual([])
  const [form] = await client.get('/forms')
  await own.goto(`${system.url}/f/${form.address}`)
  await own.getByRole('textbox', { name: 'Full name' }).waitFor()
  expect(await examine('form-public')).toEqual([])
})

it('waits for the files on their way, each beside the others', async () => {
  const files = (id: string, label: string): Json => ({ id, kind: 'files', label, most: 2 })
  const questions = [{ id: 'name', kind: 'field', field: 'full_name' }, files('a', 'Letter'), files('b', 'Photo')]
  const definition = {
    title: 'Send us files',
    steps: [{ id: 'one', questions }],
    values: {},
    match: { by: 'nothing' },
    thanks: { title: 'Thank you' },
  }
  const { id } = await client.post('/forms', { name: 'Files', object: 'candidates', definition })
  const { address } = await client.patch(`/forms/${id}`, { published: true })
  const { page, examine } = browser
  const holding = Promise.withResolvers<void>()
  let parts = 0
  await page.route(/public-forms.*files\/.+/, async (route) => {
    parts += 1
    if (parts === 1) await holding.promise
    await route.continue()
  })
  await page.goto(`${system.url}/f/${address}`)
  await page.getByRole('textbox', { name: 'Full name' }).fill('Zoe')
  const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('hello') })
  await page.locator('input[type=file]').nth(0).setInputFiles(file('large.txt'))
  await page.getByRole('button', { name: 'Do not send large.txt' }).waitFor()
  // Its first part is the one that is held.
  await expect.poll(() => parts).toBe(1)
  await page.locator('input[type=file]').nth(1).setInputFiles(file('small.txt'))
  await page.getByRole('button', { name: 'Remove small.txt' }).waitFor()
  await page.getByText('Waits for large.txt').waitFor()
  expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
  holding.resolve()
  await page.getByRole('button', { name: 'Remove large.txt' }).waitFor()
  await page.getByRole('button', { name: 'Remove small.txt' }).waitFor()
  expect(await examine('form-files')).toEqual([])
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  const [made] = await client.get('/candidates?search=Zoe')
  const kept = await client.get(`/candidates/${made.id}/files`)
  expect(kept.map(({ name }: Json) => name).sort()).toEqual(['large.txt', 'small.txt'])
})
