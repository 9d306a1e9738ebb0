import type { Favourite } from '@oneforge/client'
import { IconFile } from '@tabler/icons-react'
import { Link, useLocation } from 'react-router'
import { viewedPerson } from '../api/viewAs.ts'
import { useWorkspace } from '../api/workspace.ts'
import { SortableList } from '../settings/SortableList.tsx'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import classes from './Favourites.module.css'
import { addressOf } from './target.ts'
import { useFavouriteChanges } from './useFavourites.ts'

/** The favourites as links, put in order by their handles. */
export default function FavouriteList({ favourites }: { favourites: Favourite[] }) {
  const { arrange } = useFavouriteChanges()
  return (
    <div className={classes.list}>
      <SortableList
        items={favourites}
        idOf={({ id }) => id}
        labelOf={({ label }) => label}
        onMove={(list) => arrange(list)}
        disabled={viewedPerson() !== undefined}
        plain
      >
        {(favourite) => <FavouriteLink favourite={favourite} />}
      </SortableList>
    </div>
  )
}

function FavouriteLink({ favourite }: { favourite: Favourite }) {
  const { objects } = useWorkspace()
  const { pathname, search } = useLocation()
  const to = addressOf(favourite)
  const icon = objects.find(({ slug }) => slug === favourite.object)?.icon
  const isHere = to === pathname || to === `${pathname}${search}`
  return (
    <Link to={to} className={classes.link} aria-current={isHere ? 'true' : undefined} title={favourite.label}>
      <span className={classes.icon}>
        {icon ? <ObjectIcon name={icon} size={16} /> : <IconFile size={16} stroke={1.6} />}
      </span>
      <span className={classes.label}>{favourite.label}</span>
    </Link>
  )
}
