import { useMantineColorScheme } from '@mantine/core'
import {
  IconBell,
  IconBolt,
  IconChecklist,
  IconFileImport,
  IconHelpCircle,
  IconHome,
  IconLanguage,
  IconLayoutDashboard,
  IconMoon,
  IconPlus,
  IconSettings,
  IconShieldLock,
  IconStar,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useMayAdmin, useMayImport, useWorkspace } from '../api/workspace.ts'
import { useStar } from '../favourites/useStar.ts'
import { currentLanguage, languages } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { useLanguageSwitch } from './useLanguageSwitch.ts'

/** One line of the palette. */
export interface PaletteAction {
  id: string
  label: string
  icon: ReactNode
  run: () => void
}

/** The places one can go to and the things one can do from anywhere. */
export function usePaletteActions(): { pages: PaletteAction[]; actions: PaletteAction[] } {
  const { t } = useTranslation(['app', 'notifications'])
  const { objects, permissions } = useWorkspace()
  const mayImport = useMayImport()
  const mayAutomate = useMayAdmin('automation')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const switchLanguage = useLanguageSwitch()
  const navigate = useNavigate()
  const star = useStar()

  const go = (label: string, icon: PaletteAction['icon'], to: string): PaletteAction => ({
    id: `go ${to}`,
    label,
    icon,
    run: () => navigate(to),
  })
  const pages = [
    go(t('nav.home'), <IconHome size={18} />, paths.home()),
    ...(objects.some(({ activity }) => activity === 'task')
      ? [go(t('nav.day'), <IconChecklist size={18} />, paths.day())]
      : []),
    go(t('nav.dashboards'), <IconLayoutDashboard size={18} />, paths.dashboards()),
    ...objects.map(({ slug, labelPlural, icon }) => go(labelPlural, <ObjectIcon name={icon} />, paths.list(slug))),
    ...(mayAutomate ? [go(t('nav.automation'), <IconBolt size={18} />, paths.automation())] : []),
    ...(mayImport ? [go(t('nav.import'), <IconFileImport size={18} />, paths.import())] : []),
    go(t('nav.settings'), <IconSettings size={18} />, paths.settings()),
    go(t('notifications:title'), <IconBell size={18} />, paths.notifications()),
    go(t('help.title'), <IconHelpCircle size={18} />, paths.help()),
    go(t('user.profile'), <IconUser size={18} />, paths.profile()),
    go(t('user.security'), <IconShieldLock size={18} />, paths.ownSecurity()),
  ]

  const creations = objects
    .filter(({ slug }) => permissions.objects[slug]?.create)
    .map(({ slug, label }) => go(t('search.create', { label }), <IconPlus size={18} />, paths.create(slug)))
  const otherScheme = colorScheme === 'dark' ? 'light' : 'dark'
  const otherLanguages = languages.filter(({ code }) => code !== currentLanguage())
  const actions = [
    ...creations,
    { id: 'star', label: star.label, icon: <IconStar size={18} />, run: star.toggle },
    {
      id: 'scheme',
      label: t('search.scheme', { scheme: t(`user.scheme.${otherScheme}`) }),
      icon: otherScheme === 'dark' ? <IconMoon size={18} /> : <IconSun size={18} />,
      run: () => setColorScheme(otherScheme),
    },
    ...otherLanguages.map(({ code, name }) => ({
      id: `language ${code}`,
      label: t('search.language', { name }),
      icon: <IconLanguage size={18} />,
      run: () => void switchLanguage(code),
    })),
  ]
  return { pages, actions }
}
