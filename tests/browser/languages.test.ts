import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

let system: RunningSystem
let client: ApiClient
let opened: TestPage

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Lea Probst', workspace: 'Klinik', template: 'hospital', sampleData: true })
  opened = await openSignedIn(system.url, client)
})
afterAll(async () => {
  await opened?.close()
  await system.stop()
})

/** Nothing written for another language, and no key that lacks its words. */
const untranslated = /\b(Search|Settings|Filter by|New record|Save view|undefined)\b|\b[a-z]+\.[a-z]+[A-Z]\w*\b/

describe('German', () => {
  it('is spoken everywhere once it is chosen, by the page and by the template', async () => {
    const { page } = opened
    await page.getByRole('button', { name: 'Lea Probst' }).click()
    await page.getByRole('menuitem', { name: 'Deutsch' }).click()
    await page.getByRole('heading', { name: 'Ihr Arbeitsbereich' }).waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Patienten', exact: true }).click()
    await page.getByRole('heading', { name: 'Patienten', level: 1 }).waitFor()
    await page.getByRole('grid').getByRole('row').nth(1).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    expect(await page.locator('main').innerText()).not.toMatch(untranslated)
    expect(await opened.examine('languages-list-de')).toEqual([])
  })

  it('is what the profile and letters speak from then on, and how dates are written', async () => {
    await expect.poll(async () => (await client.get('/auth/me')).user.locale).toBe('de')
    const { page } = opened
    const [appointment] = await client.get('/appointments?limit=1')
    await page.goto(`${system.url}/o/appointments/${appointment.id}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expect.poll(() => page.locator('main').innerText()).toMatch(/\d{2}\.\d{2}\.\d{4}, \d{2}:\d{2}/)
  })

  it('reads the settings, whose words come later', async () => {
    const { page } = opened
    await page.goto(`${system.url}/settings/objects`)
    await page.getByRole('heading', { name: 'Objekte und Felder' }).waitFor()
    expect(await page.locator('main').innerText()).not.toMatch(untranslated)
    expect(await opened.examine('languages-settings-de')).toEqual([])
  })
})

describe('from right to left', () => {
  const places: [name: string, path: string][] = [
    ['list', '/o/patients'],
    ['record', ''],
    ['board', '/o/appointments?as=kanban'],
    ['settings', '/settings/objects'],
  ]

  it('the navigation stands at the right, and nothing runs out of the page', async () => {
    const { page } = opened
    await page.evaluate(() => localStorage.setItem('oneforge-direction', 'rtl'))
    const [patient] = await client.get('/patients?limit=1')
    for (const [name, path] of places) {
      await page.goto(system.url + (path || `/o/patients/${patient.id}`))
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
      const [navigation, main] = [
        await page.getByRole('navigation').first().boundingBox(),
        await page.locator('main#page').boundingBox(),
      ]
      expect(navigation!.x).toBeGreaterThanOrEqual(main!.x + main!.width - 1)
      expect(await opened.examine(`languages-${name}-rtl`)).toEqual([])
    }
    await page.evaluate(() => localStorage.removeItem('oneforge-direction'))
  })

  it('nothing has gone wrong on the way', () => expect(opened.complaints).toEqual([]))
})
