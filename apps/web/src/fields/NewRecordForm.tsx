/**
 * The form for a new record, as fields know it: a relation offers to make the record it could not find. The form holds
 * fields itself, so it is handed down instead of being imported.
 */
import type { RecordData } from '@oneforge/client'
import { type ComponentType, createContext, useContext } from 'react'

export interface NewRecordFormProps {
  /** Slug of the object. */
  object: string
  opened: boolean
  onClose: () => void
  /** The record was saved and the form is done; «save and new» stays in the form instead. */
  onCreated?: (record: RecordData) => void
  /** By field key. Drafts of forms that are opened with different values never mix. */
  initialValues?: Record<string, unknown> | undefined
  /** The record that it begins as a copy of. */
  copied?: string
}

const Context = createContext<ComponentType<NewRecordFormProps> | undefined>(undefined)

export const NewRecordFormProvider = Context.Provider

/** Undefined where nobody provides it: nothing new can be made there. */
export function useNewRecordForm(): ComponentType<NewRecordFormProps> | undefined {
  return useContext(Context)
}
