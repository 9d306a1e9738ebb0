import { Menu } from '@mantine/core'
import type { NoteTemplate } from '@oneforge/client'
import { IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'

/** The texts that a note can begin with; nothing where there are none. */
export function TemplateMenu({ templates, onPick }: { templates: NoteTemplate[]; onPick: (body: string) => void }) {
  const { t } = useTranslation('notes')
  if (templates.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={t('insertTemplate')} size="sm">
          <IconTemplate size={16} stroke={1.6} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('insertTemplate')}</Menu.Label>
        {templates.map(({ id, name, body }) => (
          <Menu.Item key={id} onClick={() => onPick(body)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
