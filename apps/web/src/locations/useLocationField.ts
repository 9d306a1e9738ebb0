import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { plainField } from '../fields/plainField.ts'
import { useLocations } from './locations.ts'

/**
 * The location of an object's records as a field, so that lists, filters and forms treat it like any other; undefined
 * where records have none. Locations that are out of use are named as such: records may still belong to them.
 */
export function useLocationField(object: ObjectMeta): FieldMeta | undefined {
  const { t } = useTranslation(['list', 'locations'])
  const { data: locations } = useLocations()
  return useMemo(() => {
    if (!object.located || !locations?.length) return undefined
    const options = locations.map(({ id, name, active }) => ({
      value: id,
      label: active ? name : t('locations:inactiveName', { name }),
    }))
    return plainField('locationId', 'select', t('list:attribute.locationId'), {
      options,
      access: object.permissions.update ? 'write' : 'read',
    })
  }, [object, locations, t])
}
