import { Anchor, Skeleton, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { ObjectMeta } from '@oneforge/client'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useObject } from '../api/objects.ts'
import { useRecord } from '../api/records.ts'
import { useObjectSearch } from '../api/search.ts'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { Select } from '../ui/Select.tsx'
import { ComparePair } from './ComparePair.tsx'
import classes from './duplicates.module.css'

/** One record and another that is the same: asked for first, then compared. */
export default function MergePage() {
  const { object: slug = '', id = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const { t } = useTranslation('duplicates')
  const { data: object, error } = useObject(slug)
  const { data: record, error: recordError } = useRecord(slug, id)
  const other = params.get('with')
  if (error ?? recordError) return <PageError error={error ?? recordError} />
  if (!object || !record) return <Skeleton height={280} m="md" />
  return (
    <div className={classes.single}>
      <title>{`${t('mergeTitle')} · OneForge`}</title>
      <Anchor component={Link} to={paths.record(slug, id)} size="sm" c="dimmed">
        <IconArrowLeft size={14} aria-hidden /> {record.title ?? record.recordNumber}
      </Anchor>
      <Title order={1} size="h3" mt={4} mb="md">
        {t('mergeTitle')}
      </Title>
      {other ? (
        <Compared object={object} ids={[id, other]} />
      ) : (
        <Other object={object} id={id} onChoose={(chosen) => setParams({ with: chosen }, { replace: true })} />
      )}
    </div>
  )
}

function Compared({ object, ids: [one, other] }: { object: ObjectMeta; ids: [string, string] }) {
  const navigate = useNavigate()
  const { data: left } = useRecord(object.slug, one)
  const { data: right, error } = useRecord(object.slug, other)
  if (error) return <PageError error={error} />
  if (!left || !right) return <Skeleton height={240} />
  return (
    <ComparePair
      object={object}
      records={[left, right]}
      onMerged={(record) => void navigate(paths.record(object.slug, record.id), { replace: true })}
    />
  )
}

interface OtherProps {
  object: ObjectMeta
  id: string
  onChoose: (id: string) => void
}

function Other({ object, id, onChoose }: OtherProps) {
  const { t } = useTranslation('duplicates')
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text, 200)
  const { data: found = [], isFetching, isPlaceholderData } = useObjectSearch(object.slug, query)
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('chooseOther')}
      </Text>
      <Select
        maw={480}
        label={t('other', { object: object.label })}
        placeholder={t('search')}
        searchable
        searching={query !== text || isPlaceholderData}
        data={found
          .filter((record) => record.id !== id)
          .map(({ id: value, title, recordNumber }) => ({ value, label: `${title ?? ''} · ${recordNumber}` }))}
        filter={({ options }) => options}
        searchValue={text}
        onSearchChange={setText}
        nothingFoundMessage={isFetching ? t('searching') : t('nothingFound')}
        onChange={(chosen) => chosen && onChoose(chosen)}
      />
    </>
  )
}
