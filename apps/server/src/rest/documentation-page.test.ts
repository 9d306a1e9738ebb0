import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findChromium } from '../../../../scripts/chromium.mjs'
import { startTestServer, type TestServer } from '../server.fixture.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it('the API page works under the content security policy, and shows who is signed in their own objects', async () => {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('requestfailed', (request) => complaints.push(request.url()))
    await signIn((path, data) =>
      page.request.post(`${server.url}/api/v1${path}`, { headers: { 'x-oneforge-client': 'web' }, data }),
    )

    await page.goto(`${server.url}/api/docs`)
    await page.locator('#operations-tag-Patients').click()
    const create = page.locator('.opblock-post', { has: page.locator('[data-path="/patients"]') })
    await create.click()
    await create.getByText('date_of_birth').first().waitFor()
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
}, 60_000)

async function signIn(post: (path: string, data: object) => Promise<{ status(): number }>): Promise<void> {
  const account = {
    email: 'ann@example.com',
    password: 'a lantern in the orchard',
    name: 'Ann Baker',
    workspace: 'Harbour Hospital',
  }
  expect((await post('/auth/register', account)).status()).toBe(201)
  expect((await post('/workspace/template', { template: 'hospital' })).status()).toBe(201)
}
