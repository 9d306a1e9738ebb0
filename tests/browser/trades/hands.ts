/** One and the same day, lived through with a mouse, with a finger on a phone, or with nothing but keys. */
import { join, resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { ApiClient } from '../../client.ts'
import { PASSWORD } from '../../server.ts'
import { hasFocus, pressUntilAt, tabTo } from '../keyboard.ts'

const pictures = resolve(import.meta.dirname, '../pictures')

const phone = { width: 390, height: 844 }

/** What a person does, whatever with. Each act ends once the page shows what it led to, and never waits for a time. */
export interface Hands {
  page: Page
  isPhone: boolean
  isKeys: boolean
  /** Goes to a page that the navigation names. */
  go(place: string): Promise<void>
  /** Goes to the record by looking for it from wherever one is. */
  find(words: string, title: string): Promise<void>
  /** From a record to the list where one was before. */
  back(list: string): Promise<void>
  press(target: Locator): Promise<void>
  write(target: Locator, text: string): Promise<void>
  /** Chooses by typing a part of the name, and takes the option that says all of it. */
  choose(input: Locator, words: string, option: string | RegExp): Promise<void>
  /** Opens the form for a new one of these. */
  begin(object: string): Promise<void>
  /** Saves the form that is open. */
  save(form: Locator): Promise<void>
  /** Presses keys that mean something where one is. */
  strike(...names: string[]): Promise<void>
  /** Picks one of several that stand side by side: views, kinds of entry. */
  pick(one: Locator, from: Locator): Promise<void>
  /** Keeps a picture of what is shown, where somebody may look at it: not in CI. */
  look(name: string): Promise<void>
}

export async function signInBy(hands: Hands, url: string, client: ApiClient): Promise<void> {
  const { page } = hands
  if (hands.isPhone) await page.setViewportSize(phone)
  await page.goto(`${url}/sign-in`)
  await hands.write(page.getByLabel('E-mail'), client.session!.user.email)
  await hands.write(page.locator('input[type=password]'), PASSWORD)
  await hands.press(page.getByRole('button', { name: 'Sign in' }))
  const [firstName] = client.session!.user.name.split(' ')
  await page.getByRole('heading', { name: new RegExp(`, ${firstName}$`) }).waitFor()
}

const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' })

export function mouse(page: Page, day: string): Hands {
  const press = (target: Locator) => target.click()
  return {
    page,
    isPhone: false,
    isKeys: false,
    go: (place) => press(navigation(page).getByRole('link', { name: place, exact: true })),
    async find(words, title) {
      await press(page.getByRole('button', { name: /^Search/ }).first())
      await seek(page, words, title)
      await press(finding(page, title))
      await palette(page).waitFor({ state: 'detached' })
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    },
    back: (list) => press(page.getByRole('main').getByRole('link', { name: list, exact: true }).first()),
    press,
    write: (target, text) => target.fill(text),
    async choose(input, words, option) {
      await press(input)
      await input.fill(words)
      await press(page.getByRole('option', { name: option }))
    },
    begin: (object) => press(page.getByRole('button', { name: `New ${object}` })),
    save: (form) => press(form.getByRole('button', { name: 'Save', exact: true })),
    pick: press,
    async strike(...names) {
      for (const name of names) await page.keyboard.press(name)
    },
    look: (name) => look(page, `${day}-mouse-${name}`),
  }
}

/** The same on a phone: what has room beside the page there stands behind a button here. */
export function finger(page: Page, day: string): Hands {
  const atDesk = mouse(page, day)
  return {
    ...atDesk,
    isPhone: true,
    async go(place) {
      await page.getByRole('button', { name: 'Open navigation' }).click()
      await atDesk.go(place)
      await navigation(page).waitFor({ state: 'hidden' })
    },
    look: async (name) => {
      expect(await isWiderThanWindow(page), `${name} scrolls sideways`).toBe(false)
      await look(page, `${day}-phone-${name}`)
    },
  }
}

/** With the keys that a person would press. After each act there is something that has the focus. */
export function keys(page: Page, day: string): Hands {
  const { keyboard } = page
  const held = async () => {
    const isSomewhere = () => page.evaluate(() => document.activeElement !== document.body)
    await expect.poll(isSomewhere, { message: 'Something has the focus' }).toBe(true)
  }
  const act =
    <A extends unknown[]>(does: (...args: A) => Promise<void>) =>
    async (...args: A) => {
      await does(...args)
      await held()
    }
  const find = async (words: string, title: string | RegExp) => {
    await keyboard.press('Control+k')
    await page
      .getByRole('textbox', { name: /^Search/ })
      .last()
      .waitFor()
    await seek(page, words, title)
    const wanted = finding(page, title)
    await expect
      .poll(async () => {
        if ((await wanted.getAttribute('data-selected')) === null) await keyboard.press('ArrowDown')
        return wanted.getAttribute('data-selected')
      })
      .not.toBeNull()
    await keyboard.press('Enter')
    await palette(page).waitFor({ state: 'detached' })
  }
  const strike = act(async (...names: string[]) => {
    for (const name of names) await keyboard.press(name)
  })
  const press = act(async (target: Locator) => {
    await tabTo(target)
    await keyboard.press('Enter')
  })
  return {
    page,
    isPhone: false,
    isKeys: true,
    // Records that are found by the same word have other names.
    go: act((place) => find(place, new RegExp(`^${place}$`))),
    find: act(async (words, title) => {
      await find(words, title)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    }),
    back: () => strike('Escape'),
    press,
    async write(target, text) {
      await tabTo(target)
      await keyboard.press('Control+a')
      await keyboard.type(text)
    },
    choose: act(async (input, words, option) => {
      await tabTo(input)
      await keyboard.type(words)
      await page.getByRole('option', { name: option }).waitFor()
      const wanted = page.getByRole('option', { name: option })
      await expect.poll(() => wanted.getAttribute('data-combobox-selected')).not.toBeNull()
      await keyboard.press('Enter')
    }),
    begin: () => strike('c'),
    save: () => strike('Control+Enter'),
    strike,
    pick: act(async (one, from) => {
      if (!(await hasFocus(one))) await tabTo(from)
      await pressUntilAt(one, 'ArrowRight')
    }),
    look: (name) => look(page, `${day}-keys-${name}`),
  }
}

async function seek(page: Page, words: string, title: string | RegExp): Promise<void> {
  await page.keyboard.type(words)
  await finding(page, title).waitFor()
}

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and go' })
const finding = (page: Page, title: string | RegExp) => palette(page).getByRole('button', { name: title }).first()

async function look(page: Page, name: string): Promise<void> {
  if (!process.env.CI) await page.screenshot({ path: join(pictures, `trades-${name}.png`) })
}

const isWiderThanWindow = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
