import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

let system: RunningSystem
let client: ApiClient
let opened: TestPage

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Tom Baker', template: 'blank', sampleData: true })
  opened = await openSignedIn(system.url, client)
})
afterAll(async () => {
  await opened?.close()
  await system.stop()
})

it('sample records go from the home page, by keyboard, and what was changed stays', async () => {
  const { page } = opened
  const [company] = await client.get('/companies?limit=1')
  await client.patch(`/companies/${company.id}`, { name: 'Changed by hand' })
  const remove = page.getByRole('button', { name: 'Remove samples' })
  await remove.waitFor()
  expect(await opened.examine('samples-home')).toEqual([])
  await remove.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Remove the sample data?' })
  await dialog.getByRole('radiogroup', { name: /^1 more has been changed/ }).waitFor()
  expect(await opened.examine('samples-dialog')).toEqual([])
  expect(await dialog.getByRole('radio', { name: 'Keep as records like any others' }).isChecked()).toBe(true)
  await dialog.getByRole('button', { name: 'Remove samples' }).press('Enter')
  await page.getByText(/^\d+ sample records were removed$/).waitFor()
  await remove.waitFor({ state: 'detached' })
  expect(await client.get(`/companies/${company.id}`)).toMatchObject({ name: 'Changed by hand' })
  await page.goto(`${system.url}/settings/template`)
  await page
    .getByRole('button', { name: 'Load samples' })
    .or(page.getByRole('heading', { name: 'Template' }))
    .first()
    .waitFor()
  expect(await remove.count()).toBe(0)
  expect(opened.complaints).toEqual([])
})
