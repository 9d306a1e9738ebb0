import { Link, useLocation, useSearchParams } from 'react-router'
import { usePinnedViews } from '../api/objects.ts'
import { paths } from '../paths.ts'
import classes from './Sidebar.module.css'

/** Under an object in the sidebar: the views of it that the person has pinned. */
export function PinnedViews({ object }: { object: string }) {
  const { data = [] } = usePinnedViews()
  const { pathname } = useLocation()
  const [params] = useSearchParams()
  const to = paths.list(object)
  return data
    .filter((view) => view.object === object)
    .map(({ id, key, label }) => (
      <Link
        key={id}
        to={`${to}?view=${encodeURIComponent(key)}`}
        className={classes.pinned}
        aria-current={pathname === to && params.get('view') === key ? 'true' : undefined}
      >
        <span className={classes.label}>{label}</span>
      </Link>
    ))
}
