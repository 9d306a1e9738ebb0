/** What operations on many records take of the quota. */

/** Records that one point of the quota pays for. */
const recordsPerPoint = 50

export function costOfList(input: unknown): number {
  const limit = Number((input as { limit?: unknown } | null)?.limit ?? 0)
  return Math.max(1, Math.ceil(Math.min(limit || 0, 200) / recordsPerPoint))
}

/** As one write, and more for what it holds. */
export function costOfBulk(input: unknown): number {
  const { records, ids, changes } = (input ?? {}) as { records?: unknown; ids?: unknown; changes?: unknown }
  const items = [records, ids, changes].find(Array.isArray)
  return 2 + Math.ceil(Math.min(items?.length ?? 0, 1_000) / recordsPerPoint)
}
