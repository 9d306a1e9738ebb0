import { VisuallyHidden } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShownLocation } from '../api/shownLocation.ts'
import { useLocationById } from './locations.ts'
import classes from './switcher.module.css'

/** On phones, where the switch is behind the navigation: which location one looks at, while it is not all of them. */
export function ShownLocationName() {
  const { t } = useTranslation('locations')
  const location = useLocationById(useShownLocation())
  if (!location) return null
  return (
    <span className={classes.shownHere}>
      <IconMapPin size={14} aria-hidden className={classes.pin} />
      <VisuallyHidden>{t('switcher.title')}: </VisuallyHidden>
      <span className={classes.shownName}>{location.name}</span>
    </span>
  )
}
