/** Builds the web page into apps/web/dist when its sources differ from those it was built of. */
export function buildWeb(root: string): void
export function fingerprintOf(root: string): string
