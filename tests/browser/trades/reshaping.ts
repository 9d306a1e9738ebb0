/** An administrator reshapes an object that people work with, and looks at it as they do. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { ApiClient, Json } from '../../client.ts'
import { tabTo } from '../keyboard.ts'
import type { Hands } from './hands.ts'

export async function reshape(hands: Hands, agency: ApiClient): Promise<void> {
  await openFields(hands)
  await addChoice(hands)
  await rename(hands)
  await retire(hands)
  await workWithIt(hands)
  await hasHappened(agency)
}

const dialog = ({ page }: Hands, name: string | RegExp): Locator => page.getByRole('dialog', { name })
const toast = ({ page }: Hands, text: string): Locator => page.getByRole('alert').filter({ hasText: text })
const fieldRow = ({ page }: Hands, name: string): Locator =>
  page.getByRole('main').getByRole('button', { name: new RegExp(`^${name}`) })

async function openFields(hands: Hands): Promise<void> {
  const { page, go, press, look } = hands
  await go('Settings')
  const sections = page.getByRole('navigation', { name: 'Settings' })
  await press(sections.getByRole('link', { name: 'Objects and fields' }))
  await press(page.getByRole('main').getByRole('link', { name: /^Properties/ }))
  await fieldRow(hands, 'Neighbourhood').waitFor()
  await look('1-fields')
}

async function addChoice(hands: Hands): Promise<void> {
  const { page, isKeys, press, write, strike, look } = hands
  await press(page.getByRole('button', { name: 'Add field' }))
  const drawer = dialog(hands, 'New field: Property')
  await press(drawer.getByRole('button', { name: /^Select/ }))
  await write(drawer.getByLabel('Name (English)'), 'Heating')
  await press(drawer.getByRole('button', { name: 'Add option' }))
  const options = drawer.getByRole('textbox', { name: 'Option in English' })
  await write(options.nth(0), 'Gas')
  await strike('Enter')
  await write(options.nth(1), 'Heat pump')
  await look('2-choice')
  // Enter would begin another option.
  await press(drawer.getByRole('button', { name: 'Add field' }))
  await toast(hands, '“Heating” was saved').waitFor()
  await drawer.waitFor({ state: 'detached' })
  if (isKeys) await expectPlace(hands)
}

/** The keys go on from something on the page, and not from its very top. */
async function expectPlace({ page }: Hands): Promise<void> {
  const place = () => page.evaluate(() => document.activeElement?.closest('main') !== null)
  await expect.poll(place).toBe(true)
}

async function rename(hands: Hands): Promise<void> {
  const { press, write, strike, look } = hands
  await press(fieldRow(hands, 'Neighbourhood'))
  const drawer = dialog(hands, 'Field: Neighbourhood')
  await write(drawer.getByLabel('Name (English)'), 'Quarter')
  await look('3-rename')
  await strike('Enter')
  await toast(hands, '“Quarter” was saved').waitFor()
  await drawer.waitFor({ state: 'detached' })
  await fieldRow(hands, 'Quarter').waitFor()
}

/** Nobody asks how large the plot is: who needs it is told before it goes. */
async function retire(hands: Hands): Promise<void> {
  const { page, isKeys, press, strike, look } = hands
  const actions = page.getByRole('button', { name: 'Actions for Plot (m²)' })
  await press(actions)
  const item = page.getByRole('menuitem', { name: 'Put away' })
  await item.waitFor()
  if (isKeys) await strike('End', 'Enter')
  else await press(item)
  const ask = dialog(hands, 'Put “Plot (m²)” away?')
  await ask.getByText(/records hold a value/).waitFor()
  await look('4-retire')
  if (isKeys) {
    await tabTo(ask.getByRole('checkbox'))
    await strike('Space')
  } else await press(ask.getByRole('checkbox'))
  await press(ask.getByRole('button', { name: 'Put away' }))
  await toast(hands, '“Plot (m²)” was put away').waitFor()
  await actions.waitFor({ state: 'detached' })
}

/** A house as the agents see it from now on. */
async function workWithIt(hands: Hands): Promise<void> {
  const { page, find, press, choose, look } = hands
  await find('6137 grand', '6137 Grand Ave')
  await press(page.getByRole('button', { name: 'Edit Heating' }))
  await choose(page.getByRole('combobox', { name: 'Heating' }), 'heat', 'Heat pump')
  await page.getByRole('main').getByText('Heat pump').first().waitFor()
  await page.getByText('Quarter', { exact: true }).waitFor()
  expect(await page.getByText('Plot (m²)', { exact: true }).count()).toBe(0)
  await look('5-record')
}

async function hasHappened(agency: ApiClient): Promise<void> {
  const { fields } = await agency.get('/objects/properties')
  const labelOf = (key: string) => fields.find((field: Json) => field.key === key)?.label
  expect([labelOf('heating'), labelOf('neighbourhood'), labelOf('plot_area')]).toEqual([
    'Heating',
    'Quarter',
    undefined,
  ])
  const [house] = await agency.get('/properties?search=6137 Grand Ave')
  expect(fields.find((field: Json) => field.key === 'heating').options.map(({ value }: Json) => value)).toContain(
    house.heating,
  )
}
