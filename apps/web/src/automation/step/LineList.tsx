import { Button, Input } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../ui/IconButton.tsx'
import classes from './step.module.css'

interface LineListProps<Item> {
  label: string
  items: Item[]
  children: (item: Item, index: number) => ReactNode
  removeLabel: (index: number) => string
  onRemove: (index: number) => void
  /** Whether each may go. */
  fewest?: number
  foot?: ReactNode
}

/** Entries of a step one below the other: cases, branches, rules. */
export function LineList<Item>({
  label,
  items,
  children,
  removeLabel,
  onRemove,
  fewest = 0,
  foot,
}: LineListProps<Item>) {
  return (
    <Input.Wrapper label={label} labelElement="div">
      {items.map((item, index) => (
        <div key={index} className={classes.row} style={{ marginBottom: 8 }}>
          <div className={classes.rowHead}>
            <span>{index + 1}</span>
            {items.length > fewest && (
              <IconButton size="sm" label={removeLabel(index)} onClick={() => onRemove(index)}>
                <IconX size={14} />
              </IconButton>
            )}
          </div>
          <div className={classes.value}>{children(item, index)}</div>
        </div>
      ))}
      {foot}
    </Input.Wrapper>
  )
}

export function AddLine({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  )
}
