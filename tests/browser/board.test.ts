/** A board one works at all day: limits, lanes and sums, cards moved by mouse, finger and keys, others at work beside. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { expectFocus, moveUntilTold } from './keyboard.ts'

let system: RunningSystem
let client: ApiClient
let browser: TestPage

/** Far more than a column draws, and several stretches of them. */
const many = 400
const eur = (amount: number) => ({ amount: `${amount}.00`, currency: 'EUR' })

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Ana García', workspace: 'Harbour Repairs', template: 'blank' })
  await client.post('/objects', {
    slug: 'repairs',
    label: 'Repair',
    labelPlural: 'Repairs',
    icon: 'tool',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true },
      { key: 'state', label: 'State', type: 'select', options: ['In', 'Bench', 'Ready'], default: 'In' },
      { key: 'urgency', label: 'Urgency', type: 'select', options: ['High', 'Low'] },
      { key: 'price', label: 'Price', type: 'money', currency: 'EUR' },
      { key: 'due', label: 'Due', type: 'date' },
    ],
    roles: { amount: 'price', stage: 'state' },
  })
  await client.send('PATCH', '/objects/repairs/pipelines/main', {
    stages: [{ value: 'In', moves: ['Bench'] }, { value: 'Bench' }, { value: 'Ready', kind: 'won', requires: ['due'] }],
  })
  await client.post('/objects/repairs/views', {
    label: 'Work',
    type: 'kanban',
    groupBy: 'state',
    visibility: 'everyone',
  })
  const bench = ['Lamp', 'Radio', 'Clock', 'Violin'].map((name, index) => ({
    name,
    state: 'Bench',
    urgency: index % 2 ? 'High' : 'Low',
    price: eur(100),
  }))
  const waiting = Array.from({ length: many }, (_, index) => ({
    name: `Piece ${index}`,
    price: eur(1),
    due: '2026-11-20',
  }))
  await client.post('/repairs/bulk', { records: [...waiting, ...bench] })
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

const column = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const card = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true })
const stored = async (name: string): Promise<Json> => (await client.get(`/repairs?name=${encodeURIComponent(name)}`))[0]
const open = async (page: Page, query = '') => {
  await page.goto(`${system.url}/o/repairs${query}`)
  await card(page, 'Violin').waitFor()
}

/** As a screen reader is told. */
const isOver = (page: Page, name: string, where: string) =>
  page.getByText(`${name} is over ${where}.`).waitFor({ state: 'attached' })

/** @param told by a screen reader once it has come there. */
async function carry(page: Page, what: Locator, to: Locator, told: string): Promise<void> {
  const from = (await what.boundingBox())!
  const target = (await to.boundingBox())!
  await page.mouse.move(from.x + 100, from.y + 20)
  await page.mouse.down()
  await page.mouse.move(from.x + 120, from.y + 40, { steps: 3 })
  // What is picked up is measured a moment later, and tells where it is when it is moved.
  await expect
    .poll(
      async () => {
        await page.mouse.move(target.x + 110, target.y + 70)
        await page.mouse.move(target.x + 120, target.y + 80, { steps: 6 })
        return page.getByText(told).count()
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)
}

/** Milliseconds of the page's own thread, whatever else the machine is doing, that a frame takes while cards scroll by. */
async function processorTimeOfFrame(page: Page, cards: Locator): Promise<number> {
  const frames = 40
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1_000 * metrics.find(({ name }) => name === 'TaskDuration')!.value
  }
  const before = await spent()
  await cards.evaluate(async (element, count) => {
    for (let frame = 0; frame < count; frame++) {
      element.scrollTop += 60
      await new Promise(requestAnimationFrame)
    }
  }, frames)
  const after = await spent()
  await session.detach()
  return (after - before) / frames
}

describe('the columns', () => {
  it('tell counts and sums, and in words when they hold more than they should', async () => {
    const { page, examine } = browser
    await open(page)
    await column(page, 'In').getByText(String(many), { exact: true }).waitFor()
    await column(page, 'Bench').getByText('€400.00').waitFor()
    await column(page, 'Bench').getByRole('button', { name: 'Limit of Bench' }).click()
    await page.getByLabel('Cards at most').fill('3')
    await page.keyboard.press('Enter')
    await column(page, 'Bench').getByText('4 of at most 3').waitFor()
    await column(page, 'Bench').getByText('1 over the limit').waitFor()
    expect(await examine('board-limits')).toEqual([])
    await page.getByRole('button', { name: 'Save for everyone' }).click()
    await page.getByText('Saved the view “Work”.').waitFor()
    const [view] = await client.get('/objects/repairs/views')
    expect(view.settings.columnLimits).toEqual([{ value: 'Bench', most: 3 }])
  })

  it('draw no more cards than are in sight, and fetch on as somebody scrolls', async () => {
    const { page } = browser
    const cards = column(page, 'In').locator('[data-cards]')
    const drawn = () => cards.locator('[data-card]').count()
    expect(await drawn()).toBeLessThan(30)
    await expect
      .poll(async () => {
        await cards.evaluate((element) => element.scrollTo(0, element.scrollHeight))
        return cards.locator(`[data-index="${many - 1}"]`).count()
      })
      .toBe(2)
    expect(await drawn()).toBeLessThan(30)
    await cards.locator(`[data-card][data-index="${many - 1}"]`).focus()
    await page.keyboard.press('Home')
    await expectFocus(cards.locator('[data-card][data-index="0"]'))
    await page.keyboard.press('ArrowDown')
    await expectFocus(cards.locator('[data-card][data-index="1"]'))
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => column(page, 'Bench').locator('[data-card]:focus').count()).toBe(1)
    expect(await processorTimeOfFrame(page, cards)).toBeLessThan(50)
  })
})

describe('a card', () => {
  it('is looked at beside the board by a click or p, and opened by Enter', async () => {
    const { page } = browser
    await card(page, 'Violin').click({ position: { x: 200, y: 12 } })
    const peek = page.getByRole('complementary', { name: /Violin/ })
    await peek.waitFor()
    await peek.getByRole('button', { name: 'Close (Esc)' }).click()
    await card(page, 'Clock').focus()
    await page.keyboard.press('p')
    await page.getByRole('complementary', { name: /Clock/ }).waitFor()
    await page.keyboard.press('Escape')
    await card(page, 'Clock').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/o\/repairs\/[0-9a-f-]+$/)
    await open(page)
  })

  it('is moved by mouse, and asks for what the stage requires', async () => {
    const { page } = browser
    await carry(page, card(page, 'Violin'), column(page, 'Ready'), 'Violin is over Ready.')
    await page.mouse.up()
    const dialog = page.getByRole('dialog', { name: 'Move to “Ready”' })
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect((await stored('Violin')).state).toBe('Bench')
    await column(page, 'Bench').getByRole('group', { name: 'Violin' }).waitFor()
  })

  it('goes back to where it was when the move is refused', async () => {
    const { page, complaints } = browser
    const first = column(page, 'In').locator('[data-card][data-index="1"]')
    const name = (await first.getAttribute('aria-label'))!
    await first.focus()
    await page.keyboard.press('Space')
    await isOver(page, name, 'In')
    for (const over of ['Bench', 'Ready']) await moveUntilTold(page, 'ArrowRight', `${name} is over ${over}.`)
    await page.keyboard.press('Space')
    await page.getByRole('alert').first().waitFor()
    await expect
      .poll(() => column(page, 'In').locator('[data-card][data-index="1"]').getAttribute('aria-label'))
      .toBe(name)
    expect((await stored(name)).state).toBe('In')
    expect(complaints.splice(0).every((text) => text.includes('400'))).toBe(true)
  })

  it('is moved by a finger that rests on it', async () => {
    const { page } = browser
    const from = (await card(page, 'Radio').boundingBox())!
    const to = (await column(page, 'In').boundingBox())!
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true })
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
    await touch('touchStart', from.x + 100, from.y + 20)
    await isOver(page, 'Radio', 'Bench')
    await touch('touchMove', from.x + 80, from.y + 40)
    await touch('touchMove', to.x + 100, to.y + 120)
    await isOver(page, 'Radio', 'In')
    await touch('touchEnd')
    await expect.poll(async () => (await stored('Radio')).state).toBe('In')
    await column(page, 'Bench').getByText('3 of at most 3').waitFor()
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: false })
    await session.detach()
  })
})

describe('others at work', () => {
  it('move cards before one’s eyes, and nothing that is looked at jumps', async () => {
    const { page } = browser
    const cards = column(page, 'In').locator('[data-cards]')
    await cards.evaluate((element) => element.scrollTo(0, 900))
    const seen = cards.locator('[data-card][data-index="12"]')
    const name = (await seen.getAttribute('aria-label'))!
    const before = (await card(page, name).boundingBox())!
    const { id } = await stored('Lamp')
    await client.patch(`/repairs/${id}`, { state: 'In' })
    // As coming back to the window does, instead of waiting for the next round.
    await expect
      .poll(async () => {
        await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
        return column(page, 'Bench').getByRole('group', { name: 'Lamp' }).count()
      })
      .toBe(0)
    await column(page, 'Bench').getByText('2 of at most 3').waitFor()
    expect((await card(page, name).boundingBox())!.y).toBeCloseTo(before.y, 0)
    await cards.evaluate((element) => element.scrollTo(0, 0))
    await column(page, 'In').getByRole('group', { name: 'Lamp' }).waitFor()
  })
})

describe('lanes', () => {
  it('are chosen in the page, tell their counts, fold, and cards are moved between them by keys', async () => {
    const { page, examine } = browser
    await page.getByLabel('Lanes').selectOption('urgency')
    const low = column(page, 'Low')
    await low
      .getByRole('button', { name: /Low 1$/ })
      .or(low.getByRole('button', { name: 'Low 2' }))
      .waitFor()
    await card(page, 'Clock').waitFor()
    expect(await examine('board-lanes')).toEqual([])
    await card(page, 'Clock').focus()
    await page.keyboard.press('Space')
    await isOver(page, 'Clock', 'Bench, Low')
    await moveUntilTold(page, 'ArrowUp', 'Clock is over Bench, High.')
    await page.keyboard.press('Space')
    await expect.poll(async () => (await stored('Clock')).urgency).toBe('High')
    await column(page, 'High').getByRole('group', { name: 'Clock' }).waitFor()
    await expectFocus(card(page, 'Clock'))
    // What a move did is taken back by keys, or from the toast.
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await stored('Clock')).urgency).toBe('Low')
    await low.getByRole('group', { name: 'Clock' }).waitFor()
    await low.getByRole('button', { expanded: true }).click()
    await card(page, 'Clock').waitFor({ state: 'detached' })
  })

  it('leave columns of another field to be chosen, and the address holds it all', async () => {
    const { page } = browser
    await page.getByLabel('Lanes').selectOption('')
    await page.getByRole('combobox', { name: 'Columns' }).selectOption('urgency')
    await column(page, 'Low').getByRole('group', { name: 'Clock' }).waitFor()
    expect(page.url()).toContain('board=urgency')
    await page.reload()
    await column(page, 'Low').getByRole('group', { name: 'Clock' }).waitFor()
  })
})

describe('the gallery', () => {
  it('shows pictures of a field and the fields that are chosen, and the address holds which', async () => {
    const { page, examine } = browser
    await giveViolinPicture(await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } }))
    await page.goto(`${system.url}/o/repairs?as=gallery`)
    const cards = page.getByRole('list', { name: 'Repairs' })
    await cards.getByRole('link', { name: 'Violin' }).waitFor()
    const picture = cards.getByRole('article').filter({ hasText: 'Violin' }).locator('img')
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(320)
    await page.getByRole('combobox', { name: 'Fields on the cards' }).click()
    await page.getByRole('option', { name: 'Number', exact: true }).click()
    await page.keyboard.press('Escape')
    await cards.getByText('Number', { exact: true }).first().waitFor()
    expect(await examine('gallery-pictures')).toEqual([])
    await page.getByLabel('Picture').selectOption('')
    await picture.waitFor({ state: 'detached' })
    expect(decodeURIComponent(page.url())).toContain('"imageField":""')
  })
})

async function giveViolinPicture(picture: Buffer): Promise<void> {
  const photo = { key: 'photo', label: 'Photo', type: 'file', rules: { kinds: ['image'] } }
  await client.post('/objects/repairs/fields', photo)
  const { fields } = await client.get('/objects/repairs')
  const fieldId = fields.find(({ key }: Json) => key === 'photo').id
  const { id, fileId } = await client.post('/file-uploads', { fieldId, name: 'violin.png', size: picture.length })
  const answer = await client.send('PATCH', `/file-uploads/${id}`, undefined, {
    raw: new Uint8Array(picture),
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
  })
  expect(answer.status, answer.text).toBe(200)
  await client.patch(`/repairs/${(await stored('Violin')).id}`, { photo: fileId })
  await expect.poll(async () => (await stored('Violin')).photo.thumbnail).toBe(true)
}
