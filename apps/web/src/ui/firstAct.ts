/**
 * What a page does without until somebody does something there: it is fetched when the mouse moves for the first time
 * or a key is pressed, well before the click that needs it, and so never stands in the way of the first picture.
 */
const waiting = new Set<() => void>()
const signs = ['pointerover', 'pointerdown', 'keydown', 'dragenter'] as const
let hasActed = false

/** Runs at the first sign of a person; at once when there was one. */
export function onFirstAct(run: () => void): void {
  if (hasActed) run()
  else waiting.add(run)
}

/** As if somebody had acted: something wants to be shown that comes with the rest. */
export function act(): void {
  hasActed = true
  for (const sign of signs) removeEventListener(sign, act)
  for (const run of waiting) run()
  waiting.clear()
}

for (const sign of signs) addEventListener(sign, act)
