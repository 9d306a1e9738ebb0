import { useSearchParams } from 'react-router'

export interface Peek {
  /** The record looked at beside the list; undefined when none is. */
  id: string | undefined
  show: (id: string) => void
  close: () => void
}

/** A record looked at without leaving the list. The address holds it, so that it can be shared and outlives a reload. */
export function usePeek(): Peek {
  const [params, setParams] = useSearchParams()
  const change = (edit: (next: URLSearchParams) => void) => {
    // Of the window and not of the last drawing: the list may have written to the address since.
    const next = new URLSearchParams(window.location.search)
    edit(next)
    setParams(next, { replace: true })
  }
  return {
    id: params.get('peek') ?? undefined,
    show: (id) => change((next) => next.set('peek', id)),
    close: () => change((next) => next.delete('peek')),
  }
}
