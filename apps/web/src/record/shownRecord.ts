import type { RecordData } from '@oneforge/client'
import { createContext, use } from 'react'

interface ShownRecord {
  record: RecordData
  /** False for a deleted record and for people who may only read. */
  editable: boolean
}

/** The record that the page or the panel around is about; undefined outside of both. */
const ShownRecordContext = createContext<ShownRecord | undefined>(undefined)

export const ShownRecordProvider = ShownRecordContext.Provider

export const useShownRecord = (): ShownRecord | undefined => use(ShownRecordContext)
