import { Anchor, Group, NativeSelect } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { IconFilter2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import classes from './Board.module.css'

/** The field whose stages are the lanes of the board, kept while the tab is open. */
export function useLaneField(object: ObjectMeta, field: FieldMeta) {
  const storageKey = `oneforge-lanes-${object.slug}`
  const [key, setKey] = useState(() => sessionStorage.getItem(storageKey) ?? '')
  const isLane = object.pipelines.some((pipeline) => pipeline.field === key) && key !== field.key
  const laneField = isLane ? object.fields.find((one) => one.key === key) : undefined
  const choose = (chosen: string) => {
    sessionStorage.setItem(storageKey, chosen)
    setKey(chosen)
  }
  return [laneField, choose] as const
}

interface BoardBarProps {
  object: ObjectMeta
  field: FieldMeta
  laneField: FieldMeta | undefined
  onLaneField: (key: string) => void
}

/** Above a board of stages: lanes by another pipeline, and the way to the figures. Nothing for other boards. */
export function BoardBar({ object, field, laneField, onLaneField }: BoardBarProps) {
  const { t } = useTranslation('pipelines')
  const pipeline = object.pipelines.find((one) => one.field === field.key)
  const others = object.pipelines.filter((one) => one.field !== field.key)
  if (!pipeline && others.length === 0) return null
  return (
    <Group className={classes.bar} gap="sm">
      {others.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('board.lanes')}
          value={laneField?.key ?? ''}
          onChange={({ currentTarget }) => onLaneField(currentTarget.value)}
          data={[
            { value: '', label: t('board.noLanes') },
            ...others.map(({ field: key, label }) => ({ value: key, label: t('board.lanesBy', { pipeline: label }) })),
          ]}
        />
      )}
      {pipeline && (
        <Anchor component={Link} size="xs" c="dimmed" to={paths.figures(object.slug, pipeline.key)}>
          <IconFilter2 size={13} aria-hidden /> {t('figures.title')}
        </Anchor>
      )}
    </Group>
  )
}
