/**
 * How smoothly long lists scroll in Chromium: 100,000 records as table and gallery, 10,000 cards of a board, on a server
 * of its own. What counts is the time between two frames while the list is scrolled, as a wheel does it and as somebody
 * who drags the scroll bar does; beside it, what a frame costs the page in processor time, which other work on the machine
 * does not change. Run it with `node benchmarks/frames.ts`.
 *
 *   --rows 100000     of the table and the gallery
 *   --cards 10000     of the board
 *   --seconds 6       of scrolling, each way
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { chromium, type Page } from 'playwright-core'
import { buildWeb } from '../scripts/build-web.mjs'
import { findWholeBrowser } from '../scripts/chromium.mjs'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    cards: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '6' },
  },
})
const root = resolve(import.meta.dirname, '..')
const port = 14_851
const url = `http://127.0.0.1:${port}`
const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-frames-'))
const person = {
  email: 'frames@example.com',
  password: 'a benchmark needs no secret',
  name: 'Fay',
  workspace: 'Frames',
}
/** Longer than that between two frames and a hand notices. */
const mark = 50
const atOnce = 1_000
let token: string | undefined

async function ask(method: string, path: string, body: unknown) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer.data
}

async function load(slug: string, count: number): Promise<void> {
  const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })
  const states = ['Lead', 'Offer', 'Won']
  const fields = [
    field('name', 'text'),
    field('state', 'select', { options: states }),
    field('amount', 'money', { currency: 'EUR' }),
    field('due', 'date'),
    field('phone', 'phone'),
    field('score', 'integer'),
  ]
  await ask('POST', '/objects', { slug, label: slug, labelPlural: slug, fields })
  for (let from = 0; from < count; from += atOnce) {
    const records = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) => recordOf(from + index, states))
    await ask('POST', `/${slug}/bulk`, { records })
  }
}

/** Nine of ten in the first column, which is the long one. */
const recordOf = (index: number, states: string[]) => ({
  name: `Record ${index} of a list that somebody scrolls through`,
  state: states[index % 10 ? 0 : 1 + (index % 20) / 10],
  amount: { amount: `${index}.50`, currency: 'EUR' },
  due: `2026-${String(1 + (index % 12)).padStart(2, '0')}-15`,
  phone: `+1617555${String(index % 10_000).padStart(4, '0')}`,
  score: index % 100,
})

/** Milliseconds between frames while the list moves by so many pixels in each. */
function scroll(page: Page, selector: string, pixels: number): Promise<number[]> {
  return page.evaluate(
    async ({ selector, pixels, length }) => {
      const list = document.querySelector(selector)!
      const frame = () => new Promise<number>(requestAnimationFrame)
      const gaps: number[] = []
      let before = await frame()
      const end = before + length
      while (before < end) {
        list.scrollTop += pixels
        const now = await frame()
        gaps.push(now - before)
        before = now
      }
      return gaps
    },
    { selector, pixels, length: Number(options.seconds) * 1_000 },
  )
}

function told(gaps: number[], cpu: number): string {
  const sorted = gaps.toSorted((a, b) => a - b)
  const at = (share: number) => `${sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(0)} ms`
  const beyond = gaps.filter((gap) => gap > mark).length
  const between = `median ${at(0.5)}, p95 ${at(0.95)}, longest ${at(1)}, over ${mark} ms: ${beyond}`
  return `${String(gaps.length).padStart(5)} frames: ${between}; processor ${(cpu / gaps.length).toFixed(1)} ms a frame`
}

async function measure(page: Page, name: string, path: string, selector: string): Promise<void> {
  await page.goto(url + path)
  await page
    .getByText(/^Record \d/)
    .first()
    .waitFor()
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1_000 * metrics.find((metric) => metric.name === 'TaskDuration')!.value
  }
  for (const [way, pixels] of [
    ['wheel', 40],
    ['bar', 800],
  ] as const) {
    const before = await spent()
    const gaps = await scroll(page, selector, pixels)
    console.log(`${name}, as a ${way.padEnd(5)} ${told(gaps, (await spent()) - before)}`)
  }
  await session.detach()
}

async function main(): Promise<void> {
  buildWeb(root)
  const env = {
    ...process.env,
    PORT: String(port),
    OF_DATA_DIR: dataDir,
    OF_DEFAULT_PLAN: 'unlimited',
    OF_LOG_LEVEL: 'error',
  }
  const server = spawn(process.execPath, [join(root, 'apps/server/src/main.ts')], { env, stdio: 'inherit' })
  const browser = await chromium.launch({ executablePath: findWholeBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
  try {
    while (!(await fetch(`${url}/ready`).catch(() => undefined))?.ok) await sleep(200)
    token = (await ask('POST', '/auth/register', person)).accessToken
    await ask('POST', '/workspace/template', { template: 'blank' })
    await load('rows', Number(options.rows))
    await load('cards', Number(options.cards))
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${url}/sign-in`)
    await page.getByLabel('E-mail').fill(person.email)
    await page.locator('input[type=password]').fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: /Fay$/ }).waitFor()
    await measure(page, `table of ${options.rows}`, '/o/rows', '[role=grid]')
    await measure(page, `gallery of ${options.rows}`, '/o/rows?as=gallery', '[data-table]')
    await measure(page, `board of ${options.cards}`, '/o/cards?as=kanban', '[data-cards]')
  } finally {
    await browser.close()
    server.kill()
    await new Promise((ended) => server.once('exit', ended))
    rmSync(dataDir, { recursive: true, force: true })
  }
}

await main()
