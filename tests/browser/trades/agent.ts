/** A property agent's week: a buyer rings up, a price falls, a house is shown, an offer comes, a deal moves on. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { ApiClient } from '../../client.ts'
import { expectFocus } from '../keyboard.ts'
import type { Hands } from './hands.ts'

const house = '4698 Main Hwy'
const deal = 'Grace Ellison: 4698 Main Hwy'

export async function week(hands: Hands, agency: ApiClient): Promise<void> {
  await noteBuyer(hands)
  await lowerPrice(hands)
  await planViewing(hands)
  await recordOffer(hands)
  await moveDealOn(hands)
  await hasHappened(agency)
}

const heading = ({ page }: Hands, name: string): Locator => page.getByRole('heading', { level: 1, name })
const rows = ({ page }: Hands, list: string): Locator => page.getByRole('grid', { name: list }).getByRole('row')

async function noteBuyer(hands: Hands): Promise<void> {
  const { page, go, begin, write, choose, save, look } = hands
  await go('Contacts')
  await rows(hands, 'Contacts').nth(1).waitFor()
  await begin('Contact')
  const form = page.getByRole('dialog', { name: 'New: Contact' })
  await write(form.getByLabel('Full name'), 'Lena Fuchs')
  await choose(form.getByRole('combobox', { name: /^Type/ }), 'buy', 'Buyer')
  await write(form.getByRole('textbox', { name: /^Phone/ }), '(305) 555-0191')
  await write(form.getByLabel('Budget to'), '950,000')
  await look('1-buyer')
  await save(form)
  await heading(hands, 'Lena Fuchs').waitFor()
}

/** The owner wants it sold: looked for in the list, and changed on its page. */
async function lowerPrice(hands: Hands): Promise<void> {
  const { page, isKeys, go, write, press, strike, back, look } = hands
  await go('Properties')
  await rows(hands, 'Properties').nth(2).waitFor()
  const search = page.getByRole('searchbox', { name: 'Search Properties' })
  if (isKeys) {
    await strike('/')
    await expectFocus(search)
  }
  await write(search, 'main hwy')
  await expect.poll(() => rows(hands, 'Properties').count()).toBe(2)
  await look('2-properties')
  if (isKeys) await strike('Enter', 'j', 'Enter')
  else await page.getByRole('grid').getByRole('link', { name: house }).click()
  await heading(hands, house).waitFor()
  await press(page.getByRole('button', { name: 'Edit Asking price' }))
  await write(page.getByRole('textbox', { name: 'Asking price' }), '899,000')
  await strike('Enter')
  await page.getByText('$899,000.00').first().waitFor()
  await look('3-price')
  if (isKeys) await strike('Escape')
  await back('Properties')
  // The list is as it was left.
  await expect.poll(() => rows(hands, 'Properties').count()).toBe(2)
}

async function planViewing(hands: Hands): Promise<void> {
  const { page, go, begin, write, choose, save, look } = hands
  await go('Viewings')
  await page.getByRole('application', { name: 'Calendar of Viewings' }).waitFor()
  await begin('Viewing')
  const form = page.getByRole('dialog', { name: 'New: Viewing' })
  await write(form.getByLabel('Subject'), 'Lena Fuchs sees 4698 Main Hwy')
  await choose(form.getByRole('combobox', { name: /^Property/ }), 'main hwy', /^4698 Main Hwy/)
  await choose(form.getByRole('combobox', { name: /^Visitor/ }), 'lena', /^Lena Fuchs/)
  await write(form.getByLabel('Starts'), 'tomorrow 10:00')
  await look('4-viewing')
  await save(form)
  await heading(hands, 'Lena Fuchs sees 4698 Main Hwy').waitFor()
}

async function recordOffer(hands: Hands): Promise<void> {
  const { page, go, begin, write, choose, save, look } = hands
  await go('Offers')
  await rows(hands, 'Offers').nth(1).waitFor()
  await begin('Offer')
  const form = page.getByRole('dialog', { name: 'New: Offer' })
  await write(form.getByLabel('Name'), 'Lena Fuchs for 4698 Main Hwy')
  await choose(form.getByRole('combobox', { name: /^Property/ }), 'main hwy', /^4698 Main Hwy/)
  await choose(form.getByRole('combobox', { name: /^Buyer/ }), 'lena', /^Lena Fuchs/)
  await write(form.getByRole('textbox', { name: /^Amount/ }), '880,000')
  await look('5-offer')
  await save(form)
  await heading(hands, 'Lena Fuchs for 4698 Main Hwy').waitFor()
}

/** The seller's deal, and what is to be done about it on Monday. */
async function moveDealOn(hands: Hands): Promise<void> {
  const { page, isKeys, find, press, write, strike, look } = hands
  await find('grace ellison main', deal)
  const stage = page.getByRole('navigation', { name: 'Sales' }).getByRole('button', { name: 'Offer' })
  await press(stage)
  await expect.poll(() => stage.getAttribute('aria-current')).toBe('step')
  const form = page.getByRole('form', { name: 'New task' })
  if (isKeys) await strike('t')
  else await page.getByRole('radiogroup', { name: 'Write' }).getByText('Task').click()
  if (isKeys) await expectFocus(form.getByLabel('Title'))
  await write(form.getByLabel('Title'), 'Ask the owner what she thinks of it')
  await write(form.getByLabel('Due'), 'monday 9:00')
  if (isKeys) await strike('Control+Enter')
  else await press(form.getByRole('button', { name: 'Save' }))
  await page
    .getByRole('region', { name: 'To do' })
    .getByRole('link', { name: 'Ask the owner what she thinks of it' })
    .waitFor()
  await look('6-deal')
}

async function hasHappened(agency: ApiClient): Promise<void> {
  const first = async (list: string, words: string) => (await agency.get(`/${list}?search=${words}`))[0]
  const lena = await first('contacts', 'Lena Fuchs')
  expect([lena.contact_type, lena.phone, lena.budget_max.amount]).toEqual([['Buyer'], '+13055550191', '950000.00'])
  const property = await first('properties', house)
  expect(property.price.amount).toBe('899000.00')
  const viewing = await first('viewings', 'Lena Fuchs sees')
  expect([viewing.property.id, viewing.contact.id]).toEqual([property.id, lena.id])
  const offer = await first('offers', 'Lena Fuchs for')
  expect([offer.property.id, offer.buyer.id, offer.amount.amount]).toEqual([property.id, lena.id, '880000.00'])
  expect((await first('deals', 'Grace Ellison')).stage).toBe('Offer')
  expect((await first('tasks', 'Ask the owner')).due_at).toEqual(expect.any(String))
}
