import { Button, Group, Text } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSearch } from '../api/search.ts'
import { paths } from '../paths.ts'

/** So many are a hint; more would be a list of their own. */
const most = 5

/** Where a list holds nothing of what was searched for: records that the forgiving search of everything finds among them. */
export function AlikeRecords({ object, search }: { object: ObjectMeta; search: string }) {
  const { t } = useTranslation('list')
  const { data, isPlaceholderData } = useSearch(`object:${object.slug} ${search}`)
  const hits = isPlaceholderData ? [] : (data?.hits ?? []).filter((hit) => hit.object === object.slug).slice(0, most)
  if (hits.length === 0) return null
  return (
    <Group gap={4} w="100%" justify="center" role="status">
      <Text size="sm">{t('empty.alike', { count: hits.length })}</Text>
      {hits.map(({ id, title, recordNumber }) => (
        <Button key={id} component={Link} to={paths.record(object.slug, id)} variant="light" size="compact-sm">
          {title || recordNumber}
        </Button>
      ))}
    </Group>
  )
}
