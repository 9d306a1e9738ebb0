import { Stack, Text } from '@mantine/core'
import type { ObjectMeta, RecordData } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useActivityRelations } from '../activities/kinds.ts'
import { RelatedList } from './RelatedList.tsx'

interface RelatedPanelProps {
  object: ObjectMeta
  record: RecordData
  editable: boolean
}

/** The records on the other side of each relation. What a single field already names is not repeated here. */
export function RelatedPanel({ object, record, editable }: RelatedPanelProps) {
  const { t } = useTranslation('record')
  // Tasks, meetings and calls are told in the story.
  const told = new Set(useActivityRelations(object).map(({ relation }) => relation.key))
  const relations = object.relations.filter(
    ({ key, direction, many }) => (direction === 'in' || many) && !told.has(key),
  )
  if (relations.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t(object.relations.length > 0 ? 'related.amongFields' : 'related.none')}
      </Text>
    )
  }
  return (
    <Stack gap="lg">
      {relations.map((relation) => (
        <RelatedList key={relation.key} relation={relation} object={object} record={record} editable={editable} />
      ))}
    </Stack>
  )
}
