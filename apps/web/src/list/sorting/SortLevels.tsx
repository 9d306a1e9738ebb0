import { ActionIcon, Button, Group, Select, Stack } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isSortable } from '../listFields.ts'

export interface SortMenuProps {
  object: ObjectMeta
  fields: FieldMeta[]
  /** `-createdAt`, `full_name`: a minus sorts downwards. */
  sort: string[]
  onChange: (sort: string[]) => void
}

/** Levels that the server takes. */
const mostLevels = 5

/** The levels of an order, each a field and a direction. */
export function SortLevels({ object, fields, sort, onChange }: SortMenuProps) {
  const { t } = useTranslation('list')
  const offered = fields.filter((field) => isSortable(object, field))
  const free = offered.filter(({ key }) => !sort.some((level) => nameOf(level) === key))
  const change = (at: number, level: string) => onChange(sort.with(at, level))
  return (
    // The menu as a whole gets the focus first, so that no dropdown springs open.
    <Stack gap={6} tabIndex={-1} data-autofocus>
      {sort.map((level, index) => (
        <Group key={nameOf(level)} gap={4} wrap="nowrap">
          <Select
            flex={1}
            size="xs"
            aria-label={t('sort.level', { level: index + 1 })}
            data={[...offered.filter(({ key }) => key === nameOf(level)), ...free].map(({ key, label }) => ({
              value: key,
              label,
            }))}
            value={nameOf(level)}
            onChange={(key) => key && change(index, level.startsWith('-') ? `-${key}` : key)}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
          <Button
            variant="default"
            size="xs"
            leftSection={level.startsWith('-') ? <IconArrowDown size={14} /> : <IconArrowUp size={14} />}
            onClick={() => change(index, level.startsWith('-') ? nameOf(level) : `-${level}`)}
          >
            {t(level.startsWith('-') ? 'sort.down' : 'sort.up')}
          </Button>
          <ActionIcon aria-label={t('sort.remove')} onClick={() => onChange(sort.toSpliced(index, 1))}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        disabled={free.length === 0 || sort.length >= mostLevels}
        onClick={() => free[0] && onChange([...sort, free[0].key])}
      >
        {t('sort.add')}
      </Button>
    </Stack>
  )
}

const nameOf = (level: string): string => level.replace(/^-/, '')
