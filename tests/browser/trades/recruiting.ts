/** A day in a recruiting agency: somebody applies, moves on or is turned down, is invited, and has made an impression. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { ApiClient } from '../../client.ts'
import { moveUntilTold, pressUntilAt } from '../keyboard.ts'
import type { Hands } from './hands.ts'

export async function day(hands: Hands, agency: ApiClient): Promise<void> {
  await takeIn(hands)
  await apply(hands)
  await moveOn(hands)
  await turnDown(hands)
  await invite(hands)
  await judge(hands)
  await hasHappened(agency)
}

const toast = ({ page }: Hands, text: string | RegExp): Locator => page.getByRole('alert').filter({ hasText: text })
const column = ({ page }: Hands, name: string): Locator => page.getByRole('region', { name, exact: true })

/** A letter has come. */
async function takeIn(hands: Hands): Promise<void> {
  const { page, go, begin, write, save, look } = hands
  await go('Candidates')
  await page.getByRole('grid', { name: 'Candidates' }).getByRole('row').nth(1).waitFor()
  await look('1-candidates')
  await begin('Candidate')
  const form = page.getByRole('dialog', { name: 'New: Candidate' })
  await write(form.getByLabel('Full name'), 'Greta Lindner')
  await write(form.getByLabel('E-mail'), 'greta.lindner@example.com')
  await look('2-candidate')
  await save(form)
  await toast(hands, '“Greta Lindner” was saved').waitFor()
  await page.getByRole('heading', { level: 1, name: 'Greta Lindner' }).waitFor()
}

async function apply(hands: Hands): Promise<void> {
  const { page, go, begin, write, choose, save, back, look } = hands
  await go('Applications')
  await column(hands, 'Applied').getByRole('group').first().waitFor()
  await look('3-board')
  await begin('Application')
  const form = page.getByRole('dialog', { name: 'New: Application' })
  await write(form.getByLabel('Name'), 'Greta Lindner, Marketing manager')
  await choose(form.getByRole('combobox', { name: /^Candidate/ }), 'greta', /^Greta Lindner/)
  await choose(form.getByRole('combobox', { name: /^Vacancy/ }), 'marketing', /^Marketing manager/)
  await look('4-application')
  await save(form)
  await page.getByRole('heading', { level: 1, name: 'Greta Lindner, Marketing manager' }).waitFor()
  await back('Applications')
  await column(hands, 'Applied').getByRole('group', { name: 'Greta Lindner, Marketing manager' }).waitFor()
}

async function moveOn(hands: Hands): Promise<void> {
  const { page, isKeys, strike, look } = hands
  const greta = column(hands, 'Applied').getByRole('group', { name: 'Greta Lindner, Marketing manager' })
  if (isKeys) {
    await strike('j')
    await pressUntilAt(greta, 'ArrowDown')
    await strike('Space')
    await page.getByText('Greta Lindner, Marketing manager is over Applied.').waitFor({ state: 'attached' })
    await moveUntilTold(page, 'ArrowRight', 'Greta Lindner, Marketing manager is over Screening.')
    await strike('Space')
  } else await carry(greta, column(hands, 'Screening'))
  await column(hands, 'Screening').getByRole('group', { name: 'Greta Lindner, Marketing manager' }).waitFor()
  await toast(hands, 'Greta Lindner, Marketing manager').getByText('Screening').waitFor()
  await look('5-moved')
}

async function carry(what: Locator, to: Locator): Promise<void> {
  const { mouse } = what.page()
  const from = (await what.boundingBox())!
  const target = (await to.boundingBox())!
  await mouse.move(from.x + 100, from.y + 20)
  await mouse.down()
  await mouse.move(from.x + 120, from.y + 40, { steps: 3 })
  await mouse.move(target.x + 120, target.y + 80, { steps: 6 })
  await mouse.up()
}

/** Whoever is turned down is told why: the stage asks for it. */
async function turnDown(hands: Hands): Promise<void> {
  const { page, isKeys, press, choose, back, strike, look } = hands
  const other = column(hands, 'Applied').getByRole('group', { name: 'Carlos Hernández, Paralegal' })
  if (isKeys) {
    await strike('ArrowLeft')
    await pressUntilAt(other, 'ArrowUp')
    await strike('Enter')
    await page.getByRole('heading', { level: 1, name: 'Carlos Hernández, Paralegal' }).waitFor()
  } else await other.click({ position: { x: 200, y: 12 } })
  await press(page.getByRole('navigation', { name: 'Hiring' }).getByRole('button', { name: 'Rejected' }))
  const dialog = page.getByRole('dialog', { name: 'Move to “Rejected”' })
  await choose(dialog.getByRole('combobox', { name: /^Turned down by/ }), 'us', 'Us')
  await choose(dialog.getByRole('combobox', { name: /^Reason/ }), 'exp', 'Experience')
  await look('6-turned-down')
  await press(dialog.getByRole('button', { name: /Rejected/ }))
  await dialog.waitFor({ state: 'detached' })
  const stage = page.getByRole('navigation', { name: 'Hiring' }).getByRole('button', { name: 'Rejected' })
  await expect.poll(() => stage.getAttribute('aria-current')).toBe('step')
  if (isKeys) await back('Applications')
  await other.waitFor({ state: 'detached' })
  await look('7-rejected')
}

/** Tomorrow at a quarter past the beginning of the day. */
async function invite(hands: Hands): Promise<void> {
  const { page, isKeys, go, write, choose, save, press, strike, look } = hands
  await go('Interviews')
  await page.getByRole('application', { name: 'Calendar of Interviews' }).waitFor()
  const period = page.getByRole('heading', { level: 2 }).first()
  const before = await period.innerText()
  if (isKeys) await strike('n')
  else await press(page.getByRole('button', { name: 'Later' }))
  await expect.poll(() => period.innerText()).not.toBe(before)
  if (isKeys) {
    await strike('b')
    await page.locator('[data-ghost]').waitFor()
    await strike('Enter')
  } else
    await page
      .locator('[data-free]')
      .first()
      .click({ position: { x: 40, y: 8 * 72 + 4 } })
  const form = page.getByRole('dialog', { name: 'New: Interview' })
  await write(form.getByLabel('Subject'), 'First talk with Greta')
  await choose(form.getByRole('combobox', { name: /^Candidate/ }), 'greta', /^Greta Lindner/)
  await look('8-interview')
  await save(form)
  await form.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /First talk with Greta/ }).waitFor()
  await look('9-interviews')
}

/** She has been there, and everybody liked her. */
async function judge(hands: Hands): Promise<void> {
  const { page, isKeys, find, press, choose, back, strike, look } = hands
  await find('first talk greta', 'First talk with Greta')
  await press(page.getByRole('navigation', { name: 'Scheduling' }).getByRole('button', { name: 'Done' }))
  const field = page.getByRole('button', { name: 'Edit Recommendation' })
  await press(field)
  await choose(page.getByRole('combobox', { name: 'Recommendation' }), 'strong', 'Strong yes')
  await page.getByRole('region', { name: 'Result' }).getByText('Strong yes').waitFor()
  await look('10-judged')
  // The first time it leaves the field.
  if (isKeys) await strike('Escape')
  await back('Interviews')
  await page.getByRole('application', { name: 'Calendar of Interviews' }).waitFor()
}

async function hasHappened(agency: ApiClient): Promise<void> {
  const [greta] = await agency.get('/candidates?search=Greta Lindner')
  const [hers] = await agency.get('/applications?search=Greta Lindner')
  expect([hers.stage, hers.candidate.id, hers.vacancy.title]).toEqual(['Screening', greta.id, 'Marketing manager'])
  const [his] = await agency.get('/applications?search=Carlos Hernández, Paralegal&sort=-updatedAt')
  expect([his.stage, his.rejected_by, his.rejection_reason]).toEqual(['Rejected', 'Us', 'Experience'])
  const [talk] = await agency.get('/interviews?search=First talk with Greta')
  expect([talk.status, talk.recommendation, talk.candidate.id]).toEqual(['Done', 'Strong yes', greta.id])
}
