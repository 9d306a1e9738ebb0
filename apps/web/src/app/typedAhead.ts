/**
 * What somebody types after they asked for the palette and before its box is there. It belongs into the box: the page
 * beneath would take each letter for one of its own keys.
 */
let typed = ''
let since = 0

/** No box takes longer; should it never come, the page has its keys back, in milliseconds. */
const patience = 5_000

function hold(event: KeyboardEvent): void {
  const isLate = event.timeStamp - since > patience
  if (isLate || event.key === 'Escape') return void takeTyped()
  if (event.ctrlKey || event.metaKey || event.altKey) return
  event.stopPropagation()
  if (event.key === 'Backspace') typed = typed.slice(0, -1)
  if (event.key.length !== 1) return
  event.preventDefault()
  typed += event.key
}

/** Keeps what is typed from here on away from the page. */
export function holdTyped(): void {
  typed = ''
  since = performance.now()
  window.addEventListener('keydown', hold, true)
}

/** What was typed meanwhile; whatever comes next is heard where it is typed. */
export function takeTyped(): string {
  window.removeEventListener('keydown', hold, true)
  const taken = typed
  typed = ''
  return taken
}
