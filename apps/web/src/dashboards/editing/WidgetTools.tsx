import { Menu } from '@mantine/core'
import type { Widget } from '@oneforge/client'
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Arrangement } from './arrangement.ts'

type WidgetToolsProps = Pick<Arrangement, 'onEdit' | 'onDuplicate' | 'onRemove'> & { widget: Widget }

/** What can be done with one widget of a board that is being edited. */
export function WidgetTools({ widget, onEdit, onDuplicate, onRemove }: WidgetToolsProps) {
  const { t } = useTranslation('dashboards')
  return (
    <>
      <IconButton label={t('editor.edit', { title: widget.title })} size="sm" onClick={() => onEdit(widget)}>
        <IconPencil size={16} />
      </IconButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t('widgetMenu', { title: widget.title })} size="sm">
            <IconDots size={16} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => onDuplicate(widget)}>
            {t('editor.duplicate')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={16} />}
            c="var(--mantine-color-error)"
            onClick={() => onRemove(widget)}
          >
            {t('editor.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
