/**
 * When the page itself may be seen: once it has drawn something and nothing of it is on its way any more, or somebody
 * has begun to do something with it.
 */

/** In milliseconds: what is not whole by then has its own way to say that it waits. */
const patience = 10_000
const acts = ['pointerdown', 'keydown', 'wheel']

/** @param cover what is drawn over the page until then. */
export function takeOver(cover: HTMLElement): void {
  const root = document.getElementById('root')!
  const observer = new MutationObserver(() => requestAnimationFrame(() => isWhole(root) && leave()))
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-busy'] })
  const timer = setTimeout(leave, patience)
  const onAct = () => root.querySelector('main') && leave()
  for (const act of acts) addEventListener(act, onAct, { capture: true, passive: true })

  function leave(): void {
    observer.disconnect()
    clearTimeout(timer)
    for (const act of acts) removeEventListener(act, onAct, { capture: true })
    cover.remove()
  }
}

const isWhole = (root: HTMLElement): boolean => root.hasChildNodes() && !root.querySelector('[aria-busy="true"]')
