import type { QueryClient } from '@tanstack/react-query'

/** The server works the dates out within two seconds, mostly in one. */
const followsWithinMs = 1_500

/** «Last contacted» and «next activity» follow what was written down: the record on the page is asked for again by then. */
export function followDates(cache: QueryClient): void {
  setTimeout(() => {
    void cache.invalidateQueries({
      predicate: ({ queryKey: [first, , kind] }) => first === 'records' && kind === 'one',
    })
  }, followsWithinMs)
}
