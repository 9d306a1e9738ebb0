/** A manager puts the figures together that count here, and gets them by mail when the week begins. */
import type { Locator } from 'playwright-core'
import PostalMime from 'postal-mime'
import { expect } from 'vitest'
import type { Json } from '../../client.ts'
import { addMember } from '../../server.ts'
import type { World } from './automation.world.ts'
import { type Hands, signInBy } from './hands.ts'

export async function report(hands: Hands, world: World): Promise<void> {
  const { system } = world
  const owner = await system.register({ workspace: 'Harbour', template: 'corporate', sampleData: true })
  const manager = await addMember(system, owner.tenantId, ['sales_manager'])
  await signInBy(hands, system.url, manager)
  await openBoard(hands)
  await addWidget(hands)
  await arrange(hands)
  await save(hands)
  const board = (await manager.get<Json[]>('/dashboards')).find(({ label }) => label === 'Sales')
  const { widgets } = await manager.get(`/dashboards/${board.id}`)
  const [added, last] = ['New deals', 'Next to close'].map((name) => widgets.find(({ title }: Json) => title === name))
  expect(added.position).toMatchObject({ x: 0, w: 12 })
  expect(last.position.y).toBe(added.position.y + added.position.h)
  await plan(hands)
  await world.mailBoards(new Date(Date.now() + 8 * 86_400_000))
  const { raw } = await world.mailTo(manager.session!.user.email, 'Sales · ')
  const mail = await PostalMime.parse(raw)
  expect(mail.html).toMatch(/Open pipeline.*\$578,940/s)
  const [pdf] = mail.attachments
  expect(pdf).toMatchObject({ mimeType: 'application/pdf', filename: expect.stringMatching(/\.pdf$/) })
  expect(
    Buffer.from(pdf!.content as ArrayBuffer)
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
}

const widget = ({ page }: Hands, title: string): Locator => page.getByRole('region', { name: title, exact: true })

async function openBoard(hands: Hands): Promise<void> {
  const { page, go, press, look } = hands
  await go('Dashboards')
  await widget(hands, 'Open pipeline').getByRole('link').first().waitFor()
  await look('1-board')
  await press(page.getByRole('button', { name: 'Edit', exact: true }))
  await page.getByRole('button', { name: 'Move “Open pipeline”' }).waitFor()
}

async function addWidget(hands: Hands): Promise<void> {
  const { page, press, write, look } = hands
  await press(page.getByRole('button', { name: 'Add a widget' }))
  const gallery = page.getByRole('dialog', { name: 'Add a widget' })
  await look('2-gallery')
  await press(gallery.getByRole('button', { name: /^Line/ }))
  const drawer = page.getByRole('dialog', { name: 'Line' })
  await write(drawer.getByLabel('Title'), 'New deals')
  await drawer.getByRole('img', { name: /^New deals: line chart/ }).waitFor()
  await look('3-widget')
  await press(drawer.getByRole('button', { name: 'Add to the dashboard' }))
  await drawer.waitFor({ state: 'hidden' })
}

/** Above what stood last, and as wide as the page. */
async function arrange(hands: Hands): Promise<void> {
  const { page, look } = hands
  const item = page.locator('.react-grid-item').filter({ has: widget(hands, 'New deals') })
  await expect.poll(() => isInSight(item)).toBe(true)
  await look('4-added')
  const grip = await middleOf(item.getByRole('button', { name: 'Move “New deals”' }))
  const last = (await widget(hands, 'Next to close').boundingBox())!
  await drag(hands, grip, { x: grip.x, y: last.y + 20 })
  await expect.poll(async () => (await item.boundingBox())!.y).toBeLessThan(last.y + 5)
  const corner = await middleOf(item.locator('.react-resizable-handle'))
  await drag(hands, corner, { x: corner.x + last.width / 2, y: corner.y })
  await expect.poll(async () => (await item.boundingBox())!.width).toBeGreaterThan(last.width - 5)
  await look('5-arranged')
}

interface Point {
  x: number
  y: number
}

async function middleOf(target: Locator): Promise<Point> {
  const { x, y, width, height } = (await target.boundingBox())!
  return { x: x + width / 2, y: y + height / 2 }
}

async function isInSight(target: Locator): Promise<boolean> {
  const { y, height } = (await target.boundingBox())!
  return y > 0 && y + height <= target.page().viewportSize()!.height
}

async function drag({ page: { mouse } }: Hands, from: Point, to: Point): Promise<void> {
  await mouse.move(from.x, from.y)
  await mouse.down()
  await mouse.move(to.x, to.y, { steps: 8 })
  await mouse.up()
}

async function save(hands: Hands): Promise<void> {
  const { page, press, look } = hands
  await press(page.getByRole('button', { name: 'Save', exact: true }))
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor()
  await widget(hands, 'New deals')
    .getByRole('img', { name: /line chart/ })
    .waitFor()
  await look('6-saved')
}

async function plan(hands: Hands): Promise<void> {
  const { page, press, look } = hands
  await press(page.getByRole('button', { name: 'Dashboard', exact: true }))
  await press(page.getByRole('menuitem', { name: 'Send by e-mail…' }))
  const drawer = page.getByRole('dialog', { name: '“Sales” by e-mail' })
  await press(drawer.getByRole('button', { name: 'Send like this' }))
  await drawer.getByText('Every Monday at 08:00').waitFor()
  await look('7-planned')
}
