/** A page that was open while the server was upgraded: its parts have other names now, so it loads itself anew. */

const storageKey = 'oneforge-renewed-at'
/** Sooner than this again means that loading anew does not help; the error page is shown then. */
const pause = 60_000

export function renewOutdatedPage(): void {
  window.addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(storageKey) ?? 0)
    if (Date.now() - last < pause) return
    sessionStorage.setItem(storageKey, String(Date.now()))
    window.location.reload()
  })
}
