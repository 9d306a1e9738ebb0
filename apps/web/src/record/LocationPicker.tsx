import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconMapPin } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocationById, useLocations } from '../locations/locations.ts'
import classes from './RecordPage.module.css'

interface LocationPickerProps {
  locationId: string | null
  /** Without it the location is only shown. */
  onMove: ((locationId: string | null) => void) | undefined
}

/** The location a record belongs to; a click moves it to another one that is in use. */
export function LocationPicker({ locationId, onMove }: LocationPickerProps) {
  const { t } = useTranslation(['locations', 'list'])
  const { data: locations = [] } = useLocations()
  const name = useLocationById(locationId)?.name
  const text = (
    <>
      <IconMapPin size={15} stroke={1.8} aria-hidden className={classes.pin} />
      <Text span size="sm" c={name ? undefined : 'dimmed'} className={classes.locationName}>
        {name ?? t('record.none')}
      </Text>
    </>
  )
  if (!onMove) return <div className={classes.owner}>{text}</div>
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={classes.owner} title={t('list:attribute.locationId')}>
          <VisuallyHidden>{t('list:attribute.locationId')}: </VisuallyHidden>
          {text}
          <IconChevronDown size={13} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('list:attribute.locationId')}</Menu.Label>
        {locations
          .filter(({ active }) => active)
          .map(({ id, name: label }) => (
            <Menu.Item
              key={id}
              onClick={() => id !== locationId && onMove(id)}
              aria-current={id === locationId || undefined}
            >
              {label}
            </Menu.Item>
          ))}
        {locationId && <Menu.Item onClick={() => onMove(null)}>{t('record.none')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}
