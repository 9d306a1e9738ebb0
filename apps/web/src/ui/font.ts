import './font.css'

/** Milliseconds after its code that a page has for itself: its own answers go first over a slow line. */
const patience = 1_000

/**
 * Fetches the page's font: at once where the page itself came from the browser's cache, for then the font does too;
 * otherwise after what there is to read, which font.css draws meanwhile.
 */
export function loadFont(): void {
  setTimeout(() => void import('@fontsource-variable/inter/wght.css'), isFromCache() ? 0 : patience)
}

function isFromCache(): boolean {
  const [file] = performance.getEntriesByName(import.meta.url) as PerformanceResourceTiming[]
  return file?.transferSize === 0
}
