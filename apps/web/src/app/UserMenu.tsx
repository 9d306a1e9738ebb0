import { Avatar, Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import {
  IconDeviceDesktop,
  IconHelpCircle,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconRoute,
  IconShieldLock,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useSignOut } from '../api/session.ts'
import { useWorkspace } from '../api/workspace.ts'
import { beginTour } from '../firstday/tourStore.ts'
import { currentLanguage, languages } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import classes from './Sidebar.module.css'
import { showShortcuts } from './showShortcuts.ts'
import { useLanguageSwitch } from './useLanguageSwitch.ts'

const schemes = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const

/** The signed-in person: profile, language, light or dark, and the way out. */
export function UserMenu({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation('app')
  const { user } = useWorkspace()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const switchLanguage = useLanguageSwitch()
  const signOut = useSignOut()
  const navigate = useNavigate()
  return (
    <Menu position="top-start" width={232}>
      <Menu.Target>
        <UnstyledButton className={classes.menuButton} data-tour="profile">
          <Avatar size={26} name={user.name} color="initials" aria-hidden />
          {collapsed ? (
            <VisuallyHidden>{t('user.menu', { name: user.name })}</VisuallyHidden>
          ) : (
            <span className={classes.label}>{user.name}</span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item leftSection={<IconUser size={16} />} component={Link} to={paths.profile()}>
          {t('user.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconShieldLock size={16} />} component={Link} to={paths.ownSecurity()}>
          {t('user.security')}
        </Menu.Item>
        <Menu.Item leftSection={<IconHelpCircle size={16} />} component={Link} to={paths.help()}>
          {t('help.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconRoute size={16} />} onClick={beginTour}>
          {t('help.tour')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection="?" onClick={() => void showShortcuts()}>
          {t('shortcuts.title')}
        </Menu.Item>
        <Menu.Divider />
        {languages.map(({ code, name }) => (
          <Menu.Item
            key={code}
            leftSection={<IconLanguage size={16} />}
            rightSection={currentLanguage() === code ? '✓' : null}
            lang={code}
            onClick={() => switchLanguage(code)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {schemes.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === value ? '✓' : null}
            onClick={() => setColorScheme(value)}
          >
            {t(`user.scheme.${value}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => signOut.mutate(undefined, { onSettled: () => navigate(paths.signIn()) })}
        >
          {t('user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
