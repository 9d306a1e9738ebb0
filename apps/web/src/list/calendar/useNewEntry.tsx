import type { ObjectMeta } from '@oneforge/client'
import { lazy, type ReactNode, Suspense, useState } from 'react'

const CreateRecord = lazy(() => import('../../record/CreateRecord.tsx'))

/** The form for a new record, with the time that was pointed at filled in. */
export function useNewEntry(object: ObjectMeta): {
  form: ReactNode
  create: (values: Record<string, unknown>) => void
} {
  const [values, setValues] = useState<Record<string, unknown>>()
  const form = values && (
    <Suspense>
      <CreateRecord object={object.slug} opened initialValues={values} onClose={() => setValues(undefined)} />
    </Suspense>
  )
  return { form, create: setValues }
}
