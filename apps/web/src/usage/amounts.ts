const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** «1.4 GB»; a kilobyte is 1,024 bytes, as the limits of plans are counted. */
export function formatBytes(bytes: number, locale: string): string {
  const kilobytes = bytes / 1024
  const step = kilobytes < 1 ? 0 : Math.min(Math.floor(Math.log2(kilobytes) / 10), units.length - 1)
  const amount = kilobytes / 1024 ** step
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: amount < 10 ? 1 : 0,
  }).format(amount)
}

/** A round number at or above the highest bar, for the line on top of a chart; 10 when there is nothing to show. */
export function topOf(highest: number): number {
  if (highest <= 10) return 10
  const size = 10 ** Math.floor(Math.log10(highest))
  return [1, 2, 2.5, 5, 10].map((step) => step * size).find((top) => top >= highest)!
}
