/** What a day with 500 patients leaves behind: in the browser and its files, in addresses, in the server's log. Nothing. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWeb } from '../../scripts/build-web.mjs'
import { findWholeBrowser } from '../../scripts/chromium.mjs'
import { ApiClient, type SignedIn } from '../client.ts'
import { cloneDatabase, TEST_MASTER_KEY, type TestDatabase } from '../postgres.ts'
import { freePort, PASSWORD } from '../server.ts'

const root = resolve(import.meta.dirname, '../..')
/** Stands in every value that is planted or typed. */
const canary = /quillfeather/i
const account = { email: 'ann@example.com', password: PASSWORD, name: 'Ann', workspace: 'Clinic' }

const patientOf = (number: number) => ({
  full_name: `Vera Quillfeather ${number}`,
  date_of_birth: '1961-02-03',
  phone: `+3460${String(1_000_000 + number)}`,
  email: `quillfeather-${number}@example.com`,
  national_id: `QUILLFEATHER-${number}`,
  allergies: [`quillfeather-${number}`],
  notes: `Notes on Quillfeather ${number}`,
})

let database: TestDatabase
let server: ChildProcess
let said = ''
let profile: string
let dataDir: string
let context: BrowserContext
let page: Page
let url: string
/** Addresses of pages, and of questions to the server. */
const visited = new Set<string>()
const asked = new Set<string>()

beforeAll(async () => {
  buildWeb(root)
  database = await cloneDatabase()
  const port = await freePort()
  url = `http://localhost:${port}`
  await startServer(port)
  const client = new ApiClient(url, await new ApiClient(url).post<SignedIn>('/auth/register', account))
  await client.post('/workspace/template', { template: 'hospital' })
  await client.post('/patients/bulk', { records: Array.from({ length: 500 }, (_, number) => patientOf(number)) })
  profile = mkdtempSync(join(tmpdir(), 'oneforge-profile-'))
  context = await openProfile()
  page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(10_000)
  page.on('framenavigated', (frame) => visited.add(frame.url()))
  context.on('request', (request) => asked.add(request.url()))
}, 120_000)

afterAll(async () => {
  await context?.close()
  if (server?.kill('SIGTERM')) await new Promise((ended) => server.on('exit', ended))
  await database?.drop()
  for (const folder of [profile, dataDir]) if (folder) rmSync(folder, { recursive: true, force: true })
})

async function startServer(port: number): Promise<void> {
  dataDir = mkdtempSync(join(tmpdir(), 'oneforge-remnants-'))
  const env = {
    ...process.env,
    PORT: String(port),
    DATABASE_URL: database.ownerUrl,
    OF_DATA_DIR: dataDir,
    OF_MASTER_KEY: TEST_MASTER_KEY,
    OF_LOG_LEVEL: 'debug',
    OF_DEFAULT_PLAN: 'unlimited',
  }
  server = spawn(process.execPath, [join(root, 'apps/server/src/main.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [server.stdout!, server.stderr!]) stream.on('data', (chunk: Buffer) => (said += chunk))
  while (!said.includes('is ready at')) await setTimeout(50)
}

/** A browser that keeps its files, as one at a desk does. */
function openProfile(): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: findWholeBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
  })
}

async function signIn(): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(account.email)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: /, Ann$/ }).waitFor()
}

const rows = () => page.getByRole('grid', { name: 'Patients' }).getByRole('row')
const search = () => page.getByRole('searchbox', { name: 'Search Patients' })
const note = () => page.getByLabel('Write a note')

/** Everything that scripts of the page can find in the browser; bytes as text. */
async function stored(): Promise<string> {
  const cookies = JSON.stringify(await context.cookies())
  const rest = await page.evaluate(async () => {
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie]
    for (const name of await caches.keys()) found.push(name, (await (await caches.open(name)).keys()).map(String))
    const asText = (value: unknown): unknown => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value)
      if (value instanceof CryptoKey) return `a key, to be read out: ${value.extractable}`
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asText(inner)]))
    }
    for (const { name } of await indexedDB.databases()) {
      const opened = indexedDB.open(name!)
      await new Promise((done) => (opened.onsuccess = done))
      for (const store of opened.result.objectStoreNames) {
        const all = opened.result.transaction(store).objectStore(store)
        const [names, values] = [all.getAllKeys(), all.getAll()]
        await new Promise((done) => (values.onsuccess = done))
        found.push(store, names.result, values.result.map(asText))
      }
      opened.result.close()
    }
    return JSON.stringify(found)
  })
  return cookies + rest
}

/** What the browser's own history holds: addresses and what the pages were called. */
async function history(): Promise<string> {
  const session = await context.newCDPSession(page)
  return JSON.stringify((await session.send('Page.getNavigationHistory')).entries)
}

describe('a day with patients', () => {
  it('is worked as usual', async () => {
    await signIn()
    await page.goto(`${url}/o/patients`)
    await rows().nth(1).waitFor()
    await search().fill('Vera Quillfeather 4')
    await page.waitForURL(/kept=/)
    await expect.poll(stored).toContain('"content"')
    await page.reload()
    await expect.poll(() => search().inputValue()).toBe('Vera Quillfeather 4')
    await search().fill('')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('textbox', { name: 'Value' }).fill('Quillfeather 499')
    await page.getByText('1 Patient', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More for this list' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ])
    expect(readFileSync(await file.path(), 'utf8')).toMatch(canary)
    await file.delete()
    await rows().nth(1).getByRole('link').click()
    await page.getByRole('heading', { level: 1, name: 'Vera Quillfeather 499' }).waitFor()
    await page.goBack()
    await page.getByText('1 Patient', { exact: true }).waitFor()
    await page.goForward()
    await note().fill('Quillfeather asks for the results')
    await page.getByRole('button', { name: /^Search/ }).click()
    const palette = page.getByRole('dialog')
    await palette.getByRole('textbox').fill('Quillfeather 12')
    await palette.getByText('Vera Quillfeather 12', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'detached' })
  })

  it('keeps drafts over a reload', async () => {
    await page.reload()
    await expect.poll(() => note().inputValue()).toBe('Quillfeather asks for the results')
    await page.goto(`${url}/o/patients?create=1`)
    const form = page.getByRole('dialog', { name: 'New: Patient' })
    await form.getByLabel('Full name').fill('Nora Quillfeather')
    await form.getByLabel('E-mail').first().fill('nora.quillfeather@example.com')
    await expect.poll(stored).toContain('"form ')
    await page.reload()
    await page.getByText('This is what you had typed before.').waitFor()
    expect(await form.getByLabel('Full name').inputValue()).toBe('Nora Quillfeather')
  })

  it('leaves nothing readable in the browser while it lasts', async () => {
    const found = await stored()
    expect(found).toContain('a key, to be read out: false')
    expect(found).not.toMatch(canary)
    expect(await history()).not.toMatch(canary)
    expect([...visited].filter((address) => canary.test(decodeURIComponent(address)))).toEqual([])
    expect([...asked].some((address) => new URL(address).pathname.endsWith('/search'))).toBe(true)
    expect([...asked].filter((address) => canary.test(decodeURIComponent(address)))).toEqual([])
  })

  it('leaves neither drafts nor their key after signing out', async () => {
    await page.goto(url)
    await page.getByRole('button', { name: 'Ann', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await expect.poll(stored).not.toMatch(/a key|content/)
    await signIn()
    await page.goto(`${url}/o/patients?create=1`)
    const form = page.getByRole('dialog', { name: 'New: Patient' })
    expect(await form.getByLabel('Full name').inputValue()).toBe('')
    expect(await history()).not.toMatch(canary)
  })

  it('leaves nothing in the files of the browser, and nothing in the log of the server', async () => {
    await context.close()
    const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(20)
    const telling = files
      .map((file) => join(file.parentPath, file.name))
      .filter((path) => ['latin1', 'utf16le'].some((how) => canary.test(readFileSync(path, how as BufferEncoding))))
    expect(telling.map((path) => path.slice(profile.length + 1))).toEqual([])
    expect(said).toContain('is ready at')
    expect(said.split('\n').filter((line) => canary.test(line))).toEqual([])
  })
})
