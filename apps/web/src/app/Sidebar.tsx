import { Tooltip, UnstyledButton } from '@mantine/core'
import type { ObjectSummary, Workspace } from '@oneforge/client'
import {
  IconBolt,
  IconChecklist,
  IconFileImport,
  IconHome,
  IconLayoutDashboard,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useWorkspace } from '../api/workspace.ts'
import { Favourites } from '../favourites/Favourites.tsx'
import { LocationSwitcher } from '../locations/LocationSwitcher.tsx'
import { Bell } from '../notifications/Bell.tsx'
import { paths } from '../paths.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { keyName } from '../ui/keyName.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { type Place, placesAbove, placesBelow } from './navigation.ts'
import { PinnedViews } from './PinnedViews.tsx'
import { openPalette } from './paletteStore.ts'
import classes from './Sidebar.module.css'
import { UserMenu } from './UserMenu.tsx'
import { WorkspaceMenu } from './WorkspaceMenu.tsx'

interface SidebarProps {
  /** Icons only. */
  collapsed: boolean
  /** Absent in the drawer of phones, which does not collapse. */
  onToggle?: () => void
}

export function Sidebar({ collapsed, onToggle }: SidebarProps) {
  const { t } = useTranslation('app')
  const workspace = useWorkspace()
  return (
    <aside className={classes.sidebar} data-collapsed={collapsed || undefined} aria-label={workspace.name}>
      <div className={classes.head}>
        <WorkspaceMenu collapsed={collapsed} />
        {onToggle && <Bell />}
      </div>
      <LocationSwitcher collapsed={collapsed} />
      <SearchButton collapsed={collapsed} />
      <nav className={classes.nav} aria-label={t('nav.label')} data-tour="sidebar">
        <div className={classes.scrolled}>
          {placesAbove(workspace).map((place) => (
            <PlaceItem key={place} place={place} collapsed={collapsed} />
          ))}
          {!collapsed && <Favourites />}
          {groupsOf(workspace).map(({ key, label, icon, members }) => (
            <div key={key} className={classes.group}>
              {label && (
                <div className={classes.heading}>
                  {icon && <ObjectIcon name={icon} size={13} />}
                  {label}
                </div>
              )}
              {members.map((object) => (
                <Fragment key={object.slug}>
                  <Item
                    to={paths.list(object.slug)}
                    label={object.labelPlural}
                    icon={<ObjectIcon name={object.icon} />}
                    collapsed={collapsed}
                  />
                  {!collapsed && <PinnedViews object={object.slug} />}
                </Fragment>
              ))}
            </div>
          ))}
        </div>
        <div className={classes.always}>
          {placesBelow(workspace).map((place) => (
            <PlaceItem key={place} place={place} collapsed={collapsed} />
          ))}
        </div>
      </nav>
      <div className={classes.foot}>
        <UserMenu collapsed={collapsed} />
        {onToggle && (
          <IconButton label={t(collapsed ? 'nav.expand' : 'nav.collapse')} onClick={onToggle}>
            {collapsed ? <IconLayoutSidebarLeftExpand size={18} /> : <IconLayoutSidebarLeftCollapse size={18} />}
          </IconButton>
        )}
      </div>
    </aside>
  )
}

interface Group {
  key: string
  label: string | null
  icon: string | null
  members: ObjectSummary[]
}

/** The groups of the navigation with what they lead to. */
function groupsOf({ navigation, objects }: Workspace): Group[] {
  const bySlug = new Map(objects.map((object) => [object.slug, object]))
  return navigation.map(({ objects: slugs, ...group }) => ({
    ...group,
    members: slugs.flatMap((slug) => bySlug.get(slug) ?? []),
  }))
}

const places: Record<Place, { to: string; Icon: typeof IconHome }> = {
  home: { to: paths.home(), Icon: IconHome },
  day: { to: paths.day(), Icon: IconChecklist },
  dashboards: { to: paths.dashboards(), Icon: IconLayoutDashboard },
  automation: { to: paths.automation(), Icon: IconBolt },
  import: { to: paths.import(), Icon: IconFileImport },
  settings: { to: paths.settings(), Icon: IconSettings },
}

function PlaceItem({ place, collapsed }: { place: Place; collapsed: boolean }) {
  const { t } = useTranslation('app')
  const { to, Icon } = places[place]
  return <Item to={to} label={t(`nav.${place}`)} icon={<Icon size={18} stroke={1.6} />} collapsed={collapsed} />
}

function Item({ to, label, icon, collapsed }: { to: string; label: string; icon: ReactNode; collapsed: boolean }) {
  return (
    <Tooltip label={label} position="right" disabled={!collapsed} openDelay={100}>
      <NavLink to={to} end={to === paths.home()} className={classes.item} aria-label={collapsed ? label : undefined}>
        <span className={classes.icon}>{icon}</span>
        {!collapsed && <span className={classes.label}>{label}</span>}
      </NavLink>
    </Tooltip>
  )
}

function SearchButton({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation('app')
  return (
    <UnstyledButton
      className={classes.search}
      onClick={openPalette}
      data-tour="search"
      aria-label={collapsed ? t('search.open') : undefined}
    >
      <IconSearch size={16} stroke={1.8} />
      {!collapsed && (
        <>
          <span className={classes.label}>{t('search.button')}</span>
          <kbd className={classes.key}>{keyName('Ctrl')} K</kbd>
        </>
      )}
    </UnstyledButton>
  )
}
