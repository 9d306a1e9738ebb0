/**
 * How fast and how good the pages are in Chromium, on a server of its own with the hospital's sample data: Lighthouse
 * on five of them, and how long going from page to page takes. Run it with `node benchmarks/lighthouse.ts`.
 *
 *   --runs 3          of which the median counts
 *   --only list       some of the pages
 *   --form desktop    as Lighthouse throttles a desk instead of a telephone
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { buildWeb } from '../scripts/build-web.mjs'
import { findWholeBrowser } from '../scripts/chromium.mjs'

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    form: { type: 'string', default: 'mobile' },
  },
})
const root = resolve(import.meta.dirname, '..')
const port = 14_841
const debuggingPort = 14_842
const url = `http://localhost:${port}`
const person = {
  email: 'lighthouse@example.com',
  password: 'a benchmark needs no secret',
  name: 'Lea',
  workspace: 'Hospital',
}

/** Not a dependency of the project: it brings 175 MB that nobody else needs. */
const lighthouseVersion = '13.5.0'

interface Figures {
  performance: number
  accessibility: number
  bestPractices: number
  fcp: number
  lcp: number
  cls: number
  blocking: number
  scriptKilobytes: number
  /** Of all that the page has loaded until it was still. */
  kilobytes: number
  requests: number
}

/** What a page should reach, as `told` prints it. */
const marks =
  'performance ≥ 90, accessibility 100, best practices 100, FCP < 1.5 s, LCP < 2.5 s, CLS < 0.1, JS ≤ 250 KB'

async function main(): Promise<void> {
  buildWeb(root)
  const lighthouse = await loadLighthouse()
  const folder = mkdtempSync(join(tmpdir(), 'oneforge-lighthouse-'))
  const server = await startServer(join(folder, 'data'))
  const context = await chromium.launchPersistentContext(join(folder, 'browser'), {
    executablePath: findWholeBrowser(),
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${debuggingPort}`],
    locale: 'en-GB',
  })
  try {
    const patient = await prepare()
    console.log(`Marks: ${marks}\n`)
    await report(lighthouse, { 'sign-in': '/sign-in' })
    await signIn(context)
    await report(lighthouse, pagesOf(patient))
    await tellMoves(context, patient)
  } finally {
    await context.close()
    server.kill()
    await new Promise((ended) => server.once('exit', ended))
    rmSync(folder, { recursive: true, force: true })
  }
}

const pagesOf = (patient: string): Record<string, string> => ({
  home: '/',
  list: '/o/patients?as=table',
  record: `/o/patients/${patient}`,
  kanban: '/o/patients?as=kanban',
  calendar: '/o/appointments?as=calendar',
})

type Lighthouse = (
  url: string,
  flags: object,
  config?: object,
) => Promise<{
  lhr: {
    categories: Record<string, { score: number }>
    audits: Record<
      string,
      { score: number | null; title: string; numericValue?: number; details?: { items?: object[] } }
    >
  }
}>

async function loadLighthouse(): Promise<{ run: Lighthouse; desktop: object }> {
  const folder = join(root, '.cache/lighthouse')
  const entry = join(folder, 'node_modules/lighthouse/core/index.js')
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true })
    const packages = ['install', '--prefix', folder, '--no-audit', '--no-fund', `lighthouse@${lighthouseVersion}`]
    if (spawnSync('npm', packages, { stdio: 'inherit' }).status !== 0) throw new Error('Lighthouse was not installed.')
  }
  const load = createRequire(pathToFileURL(entry))
  const { default: run, desktopConfig } = await import(pathToFileURL(load.resolve(entry)).href)
  return { run, desktop: desktopConfig }
}

async function startServer(dataDir: string) {
  const env = { ...process.env, PORT: String(port), OF_DATA_DIR: dataDir, OF_DEFAULT_PLAN: 'unlimited' }
  const server = spawn(process.execPath, [join(root, 'apps/server/src/main.ts')], {
    env: { ...env, OF_LOG_LEVEL: 'error' },
    stdio: 'pipe',
  })
  server.stderr.pipe(process.stderr)
  await new Promise<void>((ready, failed) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('is ready at') && ready())
    server.on('exit', (code) => failed(new Error(`The server ended with ${code}.`)))
  })
  return server
}

/** Makes the workspace; answers the id of a patient. */
async function prepare(): Promise<string> {
  const ask = async (method: string, path: string, token?: string, body?: object) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
    })
    const answer = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    return answer.data
  }
  const { accessToken } = await ask('POST', '/auth/register', undefined, person)
  await ask('POST', '/workspace/template', accessToken, { template: 'hospital', sampleData: true })
  const [patient] = await ask('GET', '/patients?limit=1', accessToken)
  return patient.id
}

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(person.email)
  await page.locator('input[type=password]').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: /, Lea$/ }).waitFor()
  await page.close()
}

async function report(
  { run, desktop }: Awaited<ReturnType<typeof loadLighthouse>>,
  pages: Record<string, string>,
): Promise<void> {
  const chosen = Object.entries(pages).filter(([name]) => name.includes(options.only))
  for (const [name, path] of chosen) {
    const measured: Figures[] = []
    const failed = new Set<string>()
    for (let index = 0; index < Number(options.runs); index++) {
      const flags = { port: debuggingPort, logLevel: 'error' }
      const onlyCategories = ['performance', 'accessibility', 'best-practices']
      const config = options.form === 'desktop' ? desktop : undefined
      const { lhr } = await run(url + path, { ...flags, onlyCategories }, config)
      measured.push(figuresOf(lhr))
      for (const { score, title } of Object.values(lhr.audits)) if (score === 0) failed.add(title)
    }
    console.log(told(name, medianOf(measured)))
    if (failed.size > 0) console.log(`${' '.repeat(10)}${[...failed].join('; ')}`)
  }
}

function figuresOf(lhr: Awaited<ReturnType<Lighthouse>>['lhr']): Figures {
  const score = (category: string) => Math.round(lhr.categories[category]!.score * 100)
  const value = (audit: string) => lhr.audits[audit]!.numericValue ?? Number.NaN
  const requests = lhr.audits['network-requests']!.details!.items as NetworkRequest[]
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    fcp: value('first-contentful-paint'),
    lcp: value('largest-contentful-paint'),
    cls: value('cumulative-layout-shift'),
    blocking: value('total-blocking-time'),
    scriptKilobytes: kilobytesOf(requests.filter(({ url: address }) => isScript(new URL(address).pathname))),
    kilobytes: kilobytesOf(requests),
    requests: requests.length,
  }
}

interface NetworkRequest {
  url: string
  transferSize: number
}

/** As they travelled. */
const kilobytesOf = (requests: NetworkRequest[]): number =>
  requests.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1024

const isScript = (path: string): boolean => path.startsWith('/assets/') && path.endsWith('.js')

function medianOf(measured: Figures[]): Figures {
  const keys = Object.keys(measured[0]!) as (keyof Figures)[]
  return Object.fromEntries(
    keys.map((key) => [key, median(measured.map((figures) => figures[key]))]),
  ) as unknown as Figures
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

const told = (name: string, figures: Figures): string =>
  [
    name.padEnd(9),
    `performance ${figures.performance}`,
    `accessibility ${figures.accessibility}`,
    `best practices ${figures.bestPractices}`,
    `FCP ${(figures.fcp / 1000).toFixed(2)} s`,
    `LCP ${(figures.lcp / 1000).toFixed(2)} s`,
    `CLS ${figures.cls.toFixed(3)}`,
    `blocked ${figures.blocking.toFixed(0)} ms`,
    `JS ${figures.scriptKilobytes.toFixed(0)} KB`,
    `all ${figures.kilobytes.toFixed(0)} KB in ${figures.requests}`,
  ].join('  ')

/** From pressing a link until the page it leads to is drawn, once both have been seen before. */
async function tellMoves(context: BrowserContext, patient: string): Promise<void> {
  const page = await context.newPage()
  const steps: [string, string][] = [
    ['list', 'a[href$="/o/patients"]'],
    ['record', `a[href*="/o/patients/${patient}"]`],
    ['home', 'nav a[href="/"]'],
  ]
  await page.goto(url)
  const times = new Map<string, number[]>()
  for (let round = 0; round < 6; round++) {
    for (const [name, link] of steps) {
      const milliseconds = await timeOf(page, link)
      if (round > 0) times.set(name, [...(times.get(name) ?? []), milliseconds])
    }
  }
  for (const [name, measured] of times) console.log(`to the ${name}: ${median(measured).toFixed(0)} ms from cache`)
  await page.close()
}

/** Until the heading of the next page stands and a frame with it was drawn. */
async function timeOf(page: Page, link: string): Promise<number> {
  await page.locator(link).first().waitFor()
  return page.evaluate(async (selector) => {
    const heading = () => document.querySelector('main h1')
    const before = heading()
    const began = performance.now()
    document.querySelector<HTMLElement>(selector)!.click()
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    while (!heading() || heading() === before) await frame()
    return performance.now() - began
  }, link)
}

await main()
