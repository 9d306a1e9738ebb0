import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { viewedPerson } from '../api/viewAs.ts'
import classes from './access.module.css'
import { useEndViewAs } from './useViewAs.ts'

/** On top of every page while one looks with somebody else's eyes: unmistakable, and the way back. */
export function ViewAsBanner() {
  const { t } = useTranslation('app')
  const viewed = viewedPerson()
  const end = useEndViewAs()
  if (!viewed) return null
  return (
    <section className={classes.viewAs} aria-label={t('viewAs.label')}>
      <IconEye size={18} className={classes.viewAsIcon} aria-hidden />
      <span>
        {t('viewAs.banner')} <strong>{viewed.name}</strong>. {t('viewAs.readOnly')}
      </span>
      <Button color="dark" onClick={end} flex="none">
        {t('viewAs.end')}
      </Button>
    </section>
  )
}
