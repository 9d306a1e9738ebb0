import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useShownLocation } from '../api/shownLocation.ts'
import { plainField } from '../fields/plainField.ts'
import type { Values } from '../forms/initialValues.ts'
import { useLocations } from './locations.ts'

interface NewRecordLocation {
  /** The input, where there is a choice. */
  fields: FieldMeta[]
  /** What it begins with: the location that the page is switched to, or the only one the person works at. */
  values: Values
  /** What travels: that the location was taken out has to be said, or the server would choose one. */
  chosen: (values: Values) => Values
}

/** The location of a record that is being made. */
export function useNewRecordLocation(object: ObjectMeta): NewRecordLocation {
  const { t } = useTranslation('list')
  const { data: locations } = useLocations()
  const shown = useShownLocation()
  return useMemo(() => {
    const inUse = locations?.filter(({ active }) => active) ?? []
    if (!object.located || !inUse.length) return { fields: [], values: {}, chosen: () => ({}) }
    const options = inUse.map(({ id, name }) => ({ value: id, label: name }))
    const own = inUse.filter(({ selectable }) => selectable)
    const usual = shown ?? (own.length === 1 ? own[0]!.id : undefined)
    // At the top, where nobody overlooks it.
    const position = Math.min(0, ...object.fields.map((field) => field.position)) - 1
    return {
      fields: [plainField('locationId', 'select', t('attribute.locationId'), { options, position })],
      values: usual ? { locationId: usual } : {},
      chosen: (values) => ('locationId' in values ? { locationId: values.locationId ?? null } : {}),
    }
  }, [object, locations, shown, t])
}
