import { ActionIcon, Tooltip } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { IconMathFunction } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './ComputedMark.module.css'

/** Says of a value that nobody types it, and on hover, focus or touch how it comes about. */
export function ComputedMark({ field, relationLabel }: { field: FieldMeta; relationLabel?: string | undefined }) {
  const { t } = useTranslation('fields')
  const { computed, type } = field
  if (!computed) return null
  const relation = relationLabel ?? computed.relation
  const lines = [
    t(`computed.${type}`, { expression: computed.expression, relation }),
    computed.problem ? t('computed.problem', { problem: computed.problem }) : '',
    field.computing ? t('computed.computing') : '',
  ].filter(Boolean)
  return (
    <Tooltip label={lines.join(' ')} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <ActionIcon
        size="xs"
        className={classes.mark}
        aria-label={lines.join(' ')}
        data-problem={Boolean(computed.problem) || undefined}
      >
        <IconMathFunction size={13} />
      </ActionIcon>
    </Tooltip>
  )
}
