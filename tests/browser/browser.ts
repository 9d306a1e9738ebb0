/** Chromium at the page of a running server, with whatever must never happen there written down. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { buildWeb } from '../../scripts/build-web.mjs'
import { findChromium } from '../../scripts/chromium.mjs'
import type { ApiClient } from '../client.ts'
import { PASSWORD } from '../server.ts'

const root = resolve(import.meta.dirname, '../..')
const pictures = join(root, 'tests/browser/pictures')
/** The small form of axe: a page gets it anew each time it is loaded. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** Nothing of the browser's own talks to anybody: what is requested is requested by the page. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface TestPage {
  page: Page
  /** Errors of scripts and console, violations of the content security policy, requests to other hosts. */
  complaints: string[]
  /**
   * Looks at what is shown in light, in dark and on a phone: each is examined by axe, and kept as a picture where
   * somebody may look at it: not in CI. Answers serious and critical findings, one line each.
   */
  examine(name: string): Promise<string[]>
  /** A window for somebody else, or of the same person at another device: it shares no session with this one. */
  another(): Promise<TestPage>
  close(): Promise<void>
}

/** Opens the page, built of the sources as they are, in a window of a desk. */
export async function openPage(url: string): Promise<TestPage> {
  buildWeb(root)
  mkdirSync(pictures, { recursive: true })
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags })
  return { ...(await openWindow(browser, url)), close: () => browser.close() }
}

/** The same, with the person signed in who has registered with the client, and at their home page. */
export async function openSignedIn(url: string, client: ApiClient): Promise<TestPage> {
  const opened = await openPage(url)
  await signIn(opened.page, url, client)
  const [firstName] = client.session!.user.name.split(' ')
  await opened.page.getByRole('heading', { name: new RegExp(`, ${firstName}$`) }).waitFor()
  return opened
}

/** Signs in by the form; where one arrives is for the caller to wait for. */
export async function signIn(page: Page, url: string, client: ApiClient): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(client.session!.user.email)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function openWindow(browser: Browser, url: string): Promise<TestPage> {
  const context = await browser.newContext({
    viewport: desk,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    // As a browser with windows lets whatever page is in front; the headless shell refuses until it is told.
    permissions: ['clipboard-write'],
  })
  const page = await context.newPage()
  // Nothing waits that long on a machine with time; a busy one may take it.
  page.setDefaultTimeout(20_000)
  page.setDefaultNavigationTimeout(30_000)
  const open = openRequests(page)
  return {
    page,
    complaints: watch(context, page, new URL(url).host),
    examine: (name) => examine(page, open, name),
    another: () => openWindow(browser, url),
    close: () => context.close(),
  }
}

function watch(context: BrowserContext, page: Page, host: string): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning'
    // Whether anybody is signed in is asked, and «no» is an answer.
    if (isComplaint && !message.text().includes('401 (Unauthorized)'))
      complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  context.on('request', (request) => {
    const address = new URL(request.url())
    if (/^(https?|wss?):$/.test(address.protocol) && address.host !== host) complaints.push(`asks ${address.href}`)
  })
  return complaints
}

async function examine(page: Page, open: ReadonlySet<Request>, name: string): Promise<string[]> {
  const findings: string[] = []
  await page.mouse.move(0, 0)
  const look = async (how: string, rules?: string[]) => {
    await settle(page, open)
    if (!process.env.CI) await page.screenshot({ path: join(pictures, `${name}-${how}.png`) })
    findings.push(...(await violations(page, rules)).map((finding) => `${name}, ${how}: ${finding}`))
  }
  await look('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look('dark', rulesOfColour)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(phone)
  await look('phone')
  if (await isWiderThanWindow(page)) findings.push(`${name}, phone: the page scrolls sideways`)
  await page.setViewportSize(desk)
  return findings
}

/**
 * Waits until every question to the server has its answer, nothing is said to be busy, two frames were drawn, and
 * nothing is on its way from one look to another.
 */
async function settle(page: Page, open: ReadonlySet<Request>): Promise<void> {
  do {
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root') === null)
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    await page.waitForFunction(() => !document.getAnimations().some((moving) => moving instanceof CSSTransition))
  } while (open.size > 0)
}

/** Requests without an answer so far. */
function openRequests(page: Page): ReadonlySet<Request> {
  const open = new Set<Request>()
  page.on('request', (request) => open.add(request))
  page.on('response', (response) => open.delete(response.request()))
  page.on('requestfailed', (request) => open.delete(request))
  return open
}

/** What the dark can break: nothing but colours is different there, and asking all rules takes twice as long. */
const rulesOfColour = ['color-contrast', 'link-in-text-block']

/** @param rules all of them without it. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  // As a string, which the debugger runs past the content security policy.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  // Files are loaded beforehand for two rules only: that on sound is moderate, that on turned pages an experiment and off.
  // Frames hold messages and files of others, have no axe, and the browser complains about what it says to them.
  const asked = { resultTypes: ['violations'], elementRef: false, preload: false, iframes: false }
  const options = { ...asked, ...(rules && { runOnly: rules }) }
  const { violations: found } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

function isWiderThanWindow(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}
