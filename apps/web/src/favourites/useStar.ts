import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { useViews } from '../api/objects.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { isSame, placeOf, targetOf } from './target.ts'
import { useFavouriteChanges, useFavourites } from './useFavourites.ts'

/** Whether what is shown is among the favourites, and the switch for it; whoever looks with other eyes changes nothing. */
export function useStar(): { starred: boolean; label: string; toggle: () => void } {
  const { t } = useTranslation('following')
  const location = useLocation()
  const { object, recordId } = placeOf(location.pathname)
  const isList = object !== undefined && !recordId
  const { data: views = [] } = useViews(object ?? '', isList)
  const { data: favourites = [] } = useFavourites()
  const { add, remove } = useFavouriteChanges()
  const found = favourites.find((one) => isSame(one, targetOf(location, views, '')))
  const toggle = () => {
    if (viewedPerson()) return
    if (found) remove(found.id)
    else add(targetOf(location, views, pageName()))
  }
  return { starred: found !== undefined, label: t(found ? 'star.remove' : 'star.add'), toggle }
}

/** Pages with a navigation of their own are told apart by where it stands, others by the tab's title. */
const pageName = (): string => document.querySelector('#page nav [aria-current="page"]')?.textContent || document.title
