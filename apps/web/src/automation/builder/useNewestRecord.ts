import { useState } from 'react'
import { useObjectSearch } from '../../api/search.ts'

/** Values are shown with the newest record until another is chosen. */
export function useNewestRecord(object: string | undefined) {
  const [chosen, setChosen] = useState<string>()
  const { data: found } = useObjectSearch(object ?? '', '', object !== undefined)
  return [chosen ?? found?.[0]?.id, setChosen] as const
}
