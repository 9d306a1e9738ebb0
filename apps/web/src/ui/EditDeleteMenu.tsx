import { Menu } from '@mantine/core'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { IconButton } from './IconButton.tsx'

interface EditDeleteMenuProps {
  /** What the button is called: the actions for which thing. */
  label: string
  edit: string
  remove: string
  onEdit: () => void
  onRemove: () => void
  /** Beside small text. */
  small?: boolean
  className?: string | undefined
}

/** The dots behind a line that can be changed and taken away. */
export function EditDeleteMenu({
  label,
  edit,
  remove,
  onEdit,
  onRemove,
  small = false,
  className,
}: EditDeleteMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={label} className={className} {...(small && { size: 'xs' })}>
          <IconDots size={small ? 14 : 18} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} />} onClick={onEdit}>
          {edit}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={14} />} c="var(--mantine-color-error)" onClick={onRemove}>
          {remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
