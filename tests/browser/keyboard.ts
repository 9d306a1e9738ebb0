/** Filling in a form with the hands on the keys. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** More stops than any page of a form has before its last button. */
const farthest = 60

/** Presses the key until the target has the focus. Throws when it never does: somebody without a mouse is stuck. */
export async function pressUntilAt(target: Locator, key: string): Promise<void> {
  await target.waitFor({ state: 'attached' })
  const { keyboard } = target.page()
  for (let stops = 0; stops <= farthest; stops++) {
    if (await hasFocus(target)) return
    await keyboard.press(key)
  }
  throw new Error(`The key ${key} does not lead to ${target}`)
}

export const tabTo = (target: Locator): Promise<void> => pressUntilAt(target, 'Tab')

export async function typeInto(target: Locator, text: string): Promise<void> {
  await tabTo(target)
  await target.page().keyboard.type(text)
}

/** Checks a box or presses a button that Tab leads to. */
export async function pressSpaceAt(target: Locator): Promise<void> {
  await tabTo(target)
  await target.page().keyboard.press('Space')
}

/** Chooses an option of a list that opens below an input, found by typing its name. */
export async function choose(input: Locator, option: string): Promise<void> {
  await typeInto(input, option)
  const { keyboard } = input.page()
  const wanted = input.page().getByRole('option', { name: option, exact: true })
  await wanted.waitFor()
  // The list forgets which option the keys are at when it has been filtered, which may be a moment later.
  const isAt = async () => (await wanted.getAttribute('data-combobox-selected')) !== null
  await expect
    .poll(async () => {
      if (!(await isAt())) await keyboard.press('ArrowDown')
      return isAt()
    })
    .toBe(true)
  await keyboard.press('Enter')
}

/**
 * Presses the key until a screen reader is told these words. What is picked up hears keys only a moment after it was said
 * to be: a key of that moment is lost, and moves nothing.
 */
export async function moveUntilTold(page: Page, key: string, words: string | RegExp): Promise<void> {
  const told = page.getByText(words)
  await expect
    .poll(
      async () => {
        await page.keyboard.press(key)
        return told.waitFor({ state: 'attached', timeout: 3_000 }).then(
          () => true,
          () => false,
        )
      },
      { timeout: 20_000 },
    )
    .toBe(true)
}

/** Whoever works by keys goes on from there. */
export const expectFocus = (target: Locator): Promise<void> => expect.poll(() => hasFocus(target)).toBe(true)

/** Whether the keys go there. */
export const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === element.ownerDocument.activeElement)
