import { Menu, Tooltip, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown, IconMapPin, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useShownLocation } from '../api/shownLocation.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { useLocationById, useLocations, useSwitchLocation } from './locations.ts'
import classes from './switcher.module.css'

/** Which location the whole page is about; only where there are any that one can choose. */
export function LocationSwitcher({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation('locations')
  const { data: locations = [] } = useLocations()
  const shown = useShownLocation()
  const name = useLocationById(shown)?.name
  const switchTo = useSwitchLocation()
  const mayChange = useMayAdmin('settings')
  const choices = locations.filter(({ selectable }) => selectable)
  if (!choices.length) return null
  const label = name ?? t('switcher.all')
  const check = (isShown: boolean) => (isShown ? <IconCheck size={14} aria-hidden /> : undefined)
  return (
    <div className={classes.switcher} data-collapsed={collapsed || undefined}>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <Tooltip label={label} position="right" disabled={!collapsed}>
            <UnstyledButton
              className={classes.switch}
              data-shown={shown !== undefined || undefined}
              aria-label={t('switcher.label', { name: label })}
            >
              <IconMapPin size={18} stroke={1.6} aria-hidden className={classes.pin} />
              {!collapsed && (
                <>
                  <span className={classes.shownName}>{label}</span>
                  <IconChevronDown size={14} aria-hidden className={classes.pin} />
                </>
              )}
            </UnstyledButton>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          <Menu.Label>{t('switcher.title')}</Menu.Label>
          <Menu.Item
            aria-current={shown === undefined || undefined}
            rightSection={check(shown === undefined)}
            onClick={() => switchTo(undefined)}
          >
            {t('switcher.all')}
          </Menu.Item>
          {choices.map((location) => (
            <Menu.Item
              key={location.id}
              aria-current={shown === location.id || undefined}
              rightSection={check(shown === location.id)}
              onClick={() => switchTo(location.id)}
            >
              {location.name}
            </Menu.Item>
          ))}
          {mayChange && <Menu.Divider />}
          {mayChange && (
            <Menu.Item leftSection={<IconSettings size={14} />} component={Link} to={paths.settings('locations')}>
              {t('switcher.manage')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
