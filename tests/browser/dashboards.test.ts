/** Dashboards on the page: read, looked into, narrowed and arranged. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

// A busy machine takes its time over three pictures of each page.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 })

let system: RunningSystem
let client: ApiClient
let browser: TestPage
let board: Json
let small: Json

const ofInvoices = { object: 'invoices', measure: { op: 'sum', field: 'total' } }
const ofVisits = { object: 'appointments', measure: { op: 'count' } }
const thisYear = { field: 'createdAt', range: { preset: 'thisYear' }, fixed: true }

/** One of each kind, four to a row. */
const widgets = [
  { type: 'metric', title: 'Billed', ...ofInvoices, period: thisYear, compare: 'lastYear', sparkline: 'month' },
  { type: 'goal', title: 'Visits to reach', ...ofVisits, target: 40, period: thisYear },
  { type: 'text', title: 'What counts here', text: '# Mondays\n\nFigures are **complete** by noon.' },
  { type: 'tasks', title: 'To do', limit: 5 },
  {
    type: 'chart',
    chart: 'bar',
    title: 'Visits by doctor',
    ...ofVisits,
    groupBy: { field: 'doctor' },
    thenBy: { field: 'status' },
    stacked: true,
  },
  { type: 'chart', chart: 'pie', title: 'Visits by state', ...ofVisits, groupBy: { field: 'status' } },
  {
    type: 'chart',
    chart: 'area',
    title: 'Visits by week',
    ...ofVisits,
    groupBy: { field: 'appointment_date', interval: 'week' },
  },
  { type: 'chart', chart: 'funnel', title: 'Ways of a stay', object: 'admissions', groupBy: { field: 'status' } },
  {
    type: 'heatmap',
    title: 'When people come',
    ...ofVisits,
    groupBy: { field: 'status' },
    thenBy: { field: 'appointment_date', interval: 'weekday' },
  },
  {
    type: 'pivot',
    title: 'Payments',
    object: 'invoices',
    measures: [{ op: 'count' }, { op: 'sum', field: 'total' }],
    groupBy: { field: 'status' },
    thenBy: { field: 'payment_method' },
  },
  {
    type: 'table',
    title: 'Invoices by state',
    object: 'invoices',
    measures: [{ op: 'count' }, { op: 'avg', field: 'total' }],
    groupBy: { field: 'status' },
  },
  { type: 'leaderboard', title: 'Busiest doctors', ...ofVisits, groupBy: { field: 'doctor' }, limit: 4 },
  { type: 'calendar', title: 'Diary', object: 'appointments' },
  {
    type: 'recent',
    title: 'New patients',
    object: 'patients',
    fields: ['full_name', 'createdAt'],
    sort: ['-createdAt'],
  },
  { type: 'pipeline', title: 'Claims', object: 'insurance_claims' },
].map((widget, index) => ({
  key: `w${index}`,
  position: { x: (index % 4) * 3, y: Math.floor(index / 4) * 4, w: 3, h: 4 },
  ...widget,
}))

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({
    name: 'Ana García',
    workspace: 'Harbour Clinic',
    template: 'hospital',
    sampleData: true,
  })
  board = await client.post('/dashboards', { label: 'All kinds', widgets })
  small = await client.post('/dashboards', { label: 'Small', widgets: [widgets[0], widgets[4], widgets[5]] })
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

describe('dashboards', () => {
  it('show the figures of a template at a glance', async () => {
    const { page, examine } = browser
    await page.getByRole('link', { name: 'Dashboards' }).click()
    await page.getByRole('region', { name: 'Active patients' }).getByRole('link').waitFor()
    expect(await examine('dashboards-overview')).toEqual([])
    // A bar leads to its records.
    const week = page.getByRole('img', { name: /^Appointments this week: bar chart/ })
    // What marks the bar under the pointer lies over it.
    await week.locator('path[fill="#4c6ef5"]').first().click({ force: true })
    await page.getByRole('heading', { level: 1, name: 'Appointments' }).waitFor()
    await page.getByRole('button', { name: /^Filter: / }).waitFor()
    await page.goBack()
    await page.getByRole('navigation', { name: 'Dashboards' }).getByRole('link', { name: 'Finance' }).click()
    await page.getByRole('img', { name: /^Billed by month: line chart/ }).waitFor()
    await page.getByRole('region', { name: 'Outstanding' }).getByRole('link', { name: '$7,750.00' }).click()
    await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor()
    await page.getByRole('button', { name: 'Filter: 1' }).waitFor()
  })

  it('draw every kind of widget, each without a problem', async () => {
    const { page, examine } = browser
    await page.goto(`${system.url}/dashboards/${board.id}`)
    await page.getByRole('img', { name: /^Visits by state: pie chart/ }).waitFor()
    const { widgets: answers } = await client.post(`/dashboards/${board.id}/figures`, {})
    expect(answers.map(({ problem }: Json) => problem)).toEqual(widgets.map(() => null))
    await page.setViewportSize({ width: 1440, height: 1180 })
    expect(await examine('dashboards-kinds')).toEqual([])
  })

  it('follow what others change, without being asked', async () => {
    const { page } = browser
    const stage = page.getByRole('region', { name: 'Claims' }).getByRole('link', { name: /^Draft/ })
    await stage.getByText('0', { exact: true }).waitFor()
    const [patient] = (await client.post('/patients/query', { limit: 1 })) as Json[]
    await client.post('/insurance_claims', { claim_reference: 'C-1', patient: patient.id, status: 'Draft' })
    // As coming back to the window does.
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
    await stage.getByText('1', { exact: true }).waitFor()
  })

  it('lead to the records behind a figure, also by keys', async () => {
    const { page } = browser
    const widget = page.getByRole('region', { name: 'Visits by state', exact: true })
    await widget.getByRole('button', { name: 'Actions for “Visits by state”' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Show as table' }).press('Enter')
    const row = widget.getByRole('row').nth(1)
    const shown = Number(await row.getByRole('cell').textContent())
    await row.getByRole('cell').getByRole('link').press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Appointments' }).waitFor()
    await expect.poll(() => page.getByRole('grid').getByRole('row').count()).toBe(shown + 1)
  })

  it('look at the days and records of the address', async () => {
    const { page } = browser
    await page.goto(`${system.url}/dashboards/${board.id}?range=lastYear`)
    const chart = page.getByRole('region', { name: 'Visits by week' })
    await chart.getByText('No records in these days.').waitFor()
    await page.getByRole('combobox', { name: 'Days' }).click()
    await page.getByRole('option', { name: 'This year' }).click()
    await chart.getByRole('img', { name: /^Visits by week: area chart/ }).waitFor()
    expect(page.url()).toContain('range=thisYear')
  })

  it('are arranged by keys, and keep what was saved', async () => {
    const { page, examine } = browser
    await page.goto(`${system.url}/dashboards/${small.id}?edit=1`)
    const grip = page.getByRole('button', { name: 'Move “Billed”' })
    await grip.focus()
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByText('Billed: column 1, row 1, 3 wide, 5 high').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await grip.focus()
    await page.keyboard.press('ArrowDown')
    await page.getByText('Billed: column 1, row 5, 3 wide, 4 high').waitFor()
    expect(await examine('dashboards-editing')).toEqual([])
    await page.getByRole('button', { name: 'Add a widget' }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^Line/ }).click()
    const drawer = page.getByRole('dialog', { name: 'Line' })
    await drawer.getByRole('img', { name: /^Line: line chart/ }).waitFor()
    await drawer.getByLabel('Title').fill('New records')
    await drawer.getByRole('img', { name: /^New records: line chart/ }).waitFor()
    expect(await examine('dashboards-widget')).toEqual([])
    await drawer.getByRole('button', { name: 'Add to the dashboard' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor()
    const saved = await client.get(`/dashboards/${small.id}`)
    expect(saved.widgets.length).toBe(4)
    expect(saved.widgets.find(({ key }: Json) => key === 'w0').position).toEqual({ x: 0, y: 4, w: 3, h: 4 })
  })
  it('of a template are put back to what it brought', async () => {
    const { page, examine } = browser
    const finance = (await client.get('/dashboards')).find(({ key }: Json) => key === 'finance')
    const { widgets: brought } = await client.get(`/dashboards/${finance.id}`)
    await client.call('PATCH', `/dashboards/${finance.id}`, { widgets: brought.slice(1) })
    await page.goto(`${system.url}/dashboards/${finance.id}`)
    await page.getByRole('button', { name: 'Dashboard', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Put back to the template’s board…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Put “Finance” back?' })
    await dialog.getByText(`Removed here, and comes back: ${brought[0].title}`).waitFor()
    expect(await examine('dashboards-put-back')).toEqual([])
    await dialog.getByRole('button', { name: 'Put back' }).click()
    await page.getByRole('region', { name: brought[0].title }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('region', { name: brought[0].title }).waitFor({ state: 'detached' })
  })
})
