import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Favourites.module.css'
import { StarButton } from './StarButton.tsx'
import { useFavourites } from './useFavourites.ts'

/** What puts things in order weighs more than the frame: it comes where there is something to order. */
const FavouriteList = lazy(() => import('./FavouriteList.tsx'))

/** The part of the sidebar with what the person wants at hand; its star takes in the page that is shown. */
export function Favourites() {
  const { t } = useTranslation('following')
  const { data = [] } = useFavourites()
  return (
    <section className={classes.favourites} aria-label={t('favourites')}>
      <div className={classes.heading}>
        {t('favourites')}
        <StarButton size={22} />
      </div>
      {data.length > 0 && (
        <Suspense>
          <FavouriteList favourites={data} />
        </Suspense>
      )}
    </section>
  )
}
