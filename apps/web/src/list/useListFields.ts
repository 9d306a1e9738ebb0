import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocationField } from '../locations/useLocationField.ts'
import { systemFields } from './listFields.ts'

/** What lists can show, filter and sort by: the object's own fields and the attributes that every record has. */
export function useListFields(object: ObjectMeta): FieldMeta[] {
  const { t } = useTranslation('list')
  const location = useLocationField(object)
  return useMemo(
    () => [...object.fields, ...(location ? [location] : []), ...systemFields(object, (key) => t(`attribute.${key}`))],
    [object, location, t],
  )
}
