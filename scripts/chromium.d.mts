export function findChromium(): string | undefined
export function findWholeBrowser(): string | undefined
export function installChromium(): void
