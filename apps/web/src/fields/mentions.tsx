/** Mentions in the texts of a record: who can be named there, and what they are called now. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Person } from '../notifications/mentionText.ts'
import { useFormatContext } from './FormatProvider.tsx'

/** The record whose readers can be mentioned. */
export interface MentionPlace {
  slug: string
  id: string
}

const Context = createContext<MentionPlace | undefined>(undefined)

export function MentionProvider({ slug, id, children }: MentionPlace & { children: ReactNode }) {
  const place = useMemo(() => ({ slug, id }), [slug, id])
  return <Context.Provider value={place}>{children}</Context.Provider>
}

/** Undefined where the record is not there yet. */
export const useMentionPlace = (): MentionPlace | undefined => useContext(Context)

/** Everybody who is or was a member, by the names that they have now. */
export function usePeople(): Person[] {
  const { members } = useFormatContext()
  return useMemo(() => Array.from(members, ([id, name]) => ({ id, name })), [members])
}
