import { useTranslation } from 'react-i18next'
import classes from './NothingHere.module.css'

/** Where a widget has nothing to show, or cannot: in the words of the server, or that there are no records. */
export function NothingHere({ text }: { text?: string | undefined }) {
  const { t } = useTranslation('dashboards')
  return <p className={classes.nothing}>{text ?? t('nothing')}</p>
}
