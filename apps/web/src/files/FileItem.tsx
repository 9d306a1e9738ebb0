import { ActionIcon, Checkbox, Menu, UnstyledButton } from '@mantine/core'
import type { RecordFile } from '@oneforge/client'
import { IconDotsVertical, IconDownload, IconEye, IconFilePlus, IconPencil, IconTrash } from '@tabler/icons-react'
import type { HTMLAttributes } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { formatBytes } from '../usage/amounts.ts'
import classes from './files.module.css'
import { Thumbnail } from './Thumbnail.tsx'
import { download } from './useFiles.ts'

interface FileItemProps {
  file: RecordFile
  editable: boolean
  selected: boolean
  /** Listens to its being dragged. */
  dragging: Pick<HTMLAttributes<HTMLElement>, 'onDragStart' | 'onDragEnd'>
  /** @param isRange all from the one that was clicked before it. */
  onSelect: (isRange: boolean) => void
  onShow: () => void
  onRenew: () => void
  onRename: () => void
  onDelete: () => void
}

/** One file: its name opens it, its box chooses it, the menu has the rest. */
export function FileItem(props: FileItemProps) {
  const { file, editable, selected, dragging, onSelect, onShow, onRenew, onRename, onDelete } = props
  const { t } = useTranslation('files')
  const { locale } = useFormatContext()
  return (
    <li className={classes.item} data-selected={selected || undefined} draggable={editable} {...dragging}>
      <span className={classes.lead}>
        <Checkbox
          size="xs"
          className={classes.check}
          aria-label={t('select', { name: file.name })}
          checked={selected}
          onClick={({ shiftKey }) => onSelect(shiftKey)}
          readOnly
        />
        <Thumbnail file={file} size={32} />
      </span>
      <div className={classes.naming}>
        <UnstyledButton
          className={classes.name}
          title={file.name}
          aria-label={t('open', { name: file.name })}
          onClick={onShow}
        >
          {file.name}
        </UnstyledButton>
        <span className={classes.facts}>
          {formatBytes(file.size, locale)}
          {file.version > 1 && ` · ${t('version', { version: file.version })}`} · <RelativeTime at={file.updatedAt} />
        </span>
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t('actionsOf', { name: file.name })}>
            <IconDotsVertical size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconEye size={14} />} onClick={onShow}>
            {t('preview')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => void download(file)}>
            {t('download')}
          </Menu.Item>
          {editable && (
            <>
              <Menu.Item leftSection={<IconFilePlus size={14} />} onClick={onRenew}>
                {t('newVersion')}
              </Menu.Item>
              <Menu.Item leftSection={<IconPencil size={14} />} onClick={onRename}>
                {t('rename')}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={14} />} onClick={onDelete}>
                {t('delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
