import { Avatar, Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconFileImport, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMayImport, useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { WorkspaceChoices } from '../people/WorkspaceChoices.tsx'
import classes from './Sidebar.module.css'

/** The workspace one is in, and the ways to what belongs to it as a whole. */
export function WorkspaceMenu({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation('app')
  const { name, template } = useWorkspace()
  const mayImport = useMayImport()
  return (
    <div className={classes.workspace}>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <UnstyledButton className={classes.menuButton}>
            <Avatar size={26} radius="sm" color="accent" variant="filled" name={name} aria-hidden />
            {collapsed ? (
              <VisuallyHidden>{t('nav.workspace', { name })}</VisuallyHidden>
            ) : (
              <>
                <span className={classes.workspaceName}>{name}</span>
                <IconChevronDown size={14} />
              </>
            )}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {template && <Menu.Label>{t('nav.template', { name: template.name, version: template.version })}</Menu.Label>}
          <Menu.Item leftSection={<IconSettings size={16} />} component={Link} to={paths.settings()}>
            {t('nav.settings')}
          </Menu.Item>
          {mayImport && (
            <Menu.Item leftSection={<IconFileImport size={16} />} component={Link} to={paths.import()}>
              {t('nav.import')}
            </Menu.Item>
          )}
          <WorkspaceChoices />
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
