import { useDisclosure, useHotkeys, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { ViewAsBanner } from '../access/ViewAsBanner.tsx'
import { useShownLocation } from '../api/shownLocation.ts'
import { useWorkspace } from '../api/workspace.ts'
import { useStar } from '../favourites/useStar.ts'
import { useTourIsOn } from '../firstday/tourStore.ts'
import { loadWords } from '../i18n/index.ts'
import { ShownLocationName } from '../locations/ShownLocationName.tsx'
import { useShownLocationHeld } from '../locations/useShownLocationHeld.ts'
import { Bell } from '../notifications/Bell.tsx'
import { paths } from '../paths.ts'
import { VerifyEmailBanner } from '../people/VerifyEmailBanner.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useOnceActed } from '../ui/onDemand.tsx'
import { useFocusOnArrival } from '../ui/useFocusOnArrival.ts'
import { useGoKeys } from '../ui/useGoKeys.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { PlanBanner } from '../usage/PlanBanner.tsx'
import { openPalette } from './paletteStore.ts'
import classes from './Shell.module.css'
import { Sidebar } from './Sidebar.tsx'
import { showShortcuts } from './showShortcuts.ts'

const Watchers = lazy(() => import('./Watchers.tsx'))
const Tour = lazy(async () => (await Promise.all([import('../firstday/Tour.tsx'), loadWords('help')]))[0])

/** The frame around every page: notices, navigation at the left (a drawer on phones), the palette, the page itself. */
export default function Shell() {
  const { t } = useTranslation('app')
  const isPhone = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false })
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'oneforge-sidebar-collapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  useShownLocationHeld()
  useFocusOnArrival()
  const Palette = useOnceActed(async () => (await import('./Palette.tsx')).Palette)
  const isShownAround = useTourIsOn()
  const star = useStar()
  const navigate = useNavigate()
  useGoKeys({
    h: () => navigate(paths.home()),
    d: () => navigate(paths.dashboards()),
    n: () => navigate(paths.notifications()),
  })
  // Here and not in the palette, which comes later than the first key may.
  // Wherever one is, also in the middle of typing.
  useHotkeys([['mod+K', openPalette]], [], true)
  useShortcuts({ '?': () => void showShortcuts(), '[': () => setCollapsed(!collapsed), '*': star.toggle })

  return (
    <div className={classes.whole}>
      <a className={classes.skip} href="#page">
        {t('skipToPage')}
      </a>
      <ViewAsBanner />
      <VerifyEmailBanner />
      <PlanBanner />
      <div className={classes.frame} data-phone={isPhone || undefined}>
        {isPhone ? <PhoneBar /> : <Sidebar collapsed={collapsed} onToggle={() => setCollapsed(!collapsed)} />}
        <main id="page" className={classes.page} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      {Palette && <Palette />}
      {isShownAround && (
        <Suspense>
          <Tour />
        </Suspense>
      )}
      <Suspense>
        <Watchers />
      </Suspense>
    </div>
  )
}

/** On phones: the navigation behind a button, and the search. */
function PhoneBar() {
  const { t } = useTranslation('app')
  const { name } = useWorkspace()
  const [opened, { open, close }] = useDisclosure()
  const location = useLocation()
  const shown = useShownLocation()
  useEffect(close, [location.key, shown])
  const PhoneDrawer = useOnceActed(async () => (await import('./PhoneDrawer.tsx')).PhoneDrawer)
  return (
    <header className={classes.bar}>
      <IconButton label={t('nav.open')} onClick={open} data-tour="sidebar">
        <IconMenu2 size={20} />
      </IconButton>
      <span className={classes.barName}>{name}</span>
      <ShownLocationName />
      <Bell />
      <IconButton label={t('search.open')} onClick={openPalette} data-tour="search">
        <IconSearch size={20} />
      </IconButton>
      {PhoneDrawer && <PhoneDrawer opened={opened} onClose={close} />}
    </header>
  )
}
