import { Anchor, Group, NativeSelect } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { IconFilter2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import type { ListControls } from '../useListState.ts'
import classes from './Board.module.css'
import { boardFields } from './boardColumns.ts'

interface BoardBarProps {
  object: ObjectMeta
  list: ListControls
  field: FieldMeta
  laneField: FieldMeta | undefined
  /** What lanes can be made of. */
  offered: FieldMeta[]
}

/** Above a board: what its columns and its lanes stand for, and the way to the figures of a pipeline. */
export function BoardBar({ object, list, field, laneField, offered }: BoardBarProps) {
  const { t } = useTranslation(['list', 'pipelines'])
  const pipeline = object.pipelines.find((one) => one.field === field.key)
  const fields = boardFields(object)
  return (
    <Group className={classes.bar} gap="sm">
      {fields.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('board.columns')}
          value={field.key}
          onChange={({ currentTarget }) => list.setBoard(currentTarget.value)}
          data={fields.map(({ key, label }) => ({ value: key, label: t('board.columnsBy', { label }) }))}
        />
      )}
      {offered.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('board.lanes')}
          value={laneField?.key ?? ''}
          onChange={({ currentTarget }) => list.setSettings({ laneField: currentTarget.value })}
          data={[
            { value: '', label: t('board.noLanes') },
            ...offered.map(({ key, label }) => ({ value: key, label: t('board.lanesBy', { label }) })),
          ]}
        />
      )}
      {pipeline && (
        <Anchor component={Link} size="xs" c="dimmed" to={paths.figures(object.slug, pipeline.key)}>
          <IconFilter2 size={13} aria-hidden /> {t('pipelines:figures.title')}
        </Anchor>
      )}
    </Group>
  )
}
