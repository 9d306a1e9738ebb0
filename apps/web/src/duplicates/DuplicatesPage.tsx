import { Anchor, Badge, Button, Group, SegmentedControl, Skeleton, Text, UnstyledButton } from '@mantine/core'
import type { DuplicatePair, ObjectMeta, PairState, RecordData } from '@oneforge/client'
import { IconArrowLeft, IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { errorText } from '../api/client.ts'
import { useObject } from '../api/objects.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { PageError } from '../ui/PageError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { ComparePair } from './ComparePair.tsx'
import { useDismiss, usePairs, useReopen } from './duplicateQueries.ts'
import classes from './duplicates.module.css'
import { reasonText, tellingReasons } from './reasonText.ts'
import { ScanButton } from './ScanButton.tsx'

const states: PairState[] = ['open', 'dismissed', 'merged']

/** Pairs of an object's records that may be the same, gone through one by one. */
export default function DuplicatesPage() {
  const { object: slug = '' } = useParams()
  const { t } = useTranslation('duplicates')
  const { data: object, error } = useObject(slug)
  const mayScan = useMayAdmin('objects')
  const [state, setState] = useState<PairState>('open')
  if (error) return <PageError error={error} />
  if (!object) return <Skeleton height={320} m="md" />
  return (
    <>
      <PageHeader
        before={
          <Anchor
            component={Link}
            to={paths.list(slug)}
            aria-label={t('back', { objects: object.labelPlural })}
            c="dimmed"
          >
            <IconArrowLeft size={16} aria-hidden />
          </Anchor>
        }
        title={t('title', { objects: object.labelPlural })}
      >
        <SegmentedControl
          size="xs"
          aria-label={t('which')}
          data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={state}
          onChange={(value) => setState(value as PairState)}
        />
        {mayScan && <ScanButton slug={slug} />}
      </PageHeader>
      <Pairs key={state} object={object} state={state} />
    </>
  )
}

function Pairs({ object, state }: { object: ObjectMeta; state: PairState }) {
  const { t } = useTranslation('duplicates')
  const { pairs, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = usePairs(object.slug, state)
  const [at, setAt] = useState(0)
  const index = Math.min(at, pairs.length - 1)
  const go = (to: number) => setAt(Math.max(0, Math.min(to, pairs.length - 1)))
  useShortcuts({ j: () => go(index + 1), k: () => go(index - 1) })
  if (error) return <EmptyPage icon="alert-triangle" title={t('refused')} text={errorText(error)} />
  if (isPending) return <Skeleton height={280} m="md" />
  const pair = pairs[index]
  if (!pair) {
    return (
      <EmptyPage
        icon="circle-check"
        title={t(`none.${state}.title`)}
        text={t(`none.${state}.text`, { objects: object.labelPlural })}
      />
    )
  }
  return (
    <div className={classes.page}>
      <ul className={classes.queue} aria-label={t('queue')}>
        {pairs.map((one, place) => (
          <li key={one.id}>
            <PairItem pair={one} active={one.id === pair.id} onOpen={() => setAt(place)} />
          </li>
        ))}
        {hasNextPage && (
          <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </ul>
      <div className={classes.compare}>
        <Group justify="space-between" wrap="nowrap" mb="sm" align="flex-start">
          <Reasons pair={pair} />
          <Group gap={4} wrap="nowrap">
            <Text size="xs" c="dimmed" className={classes.score}>
              {index + 1} / {pairs.length}
              {hasNextPage && '+'}
            </Text>
            <IconButton size="sm" label={t('previous')} disabled={index === 0} onClick={() => go(index - 1)}>
              <IconChevronUp size={17} />
            </IconButton>
            <IconButton size="sm" label={t('next')} disabled={index === pairs.length - 1} onClick={() => go(index + 1)}>
              <IconChevronDown size={17} />
            </IconButton>
          </Group>
        </Group>
        {state === 'merged' ? (
          <MergedPair object={object} pair={pair} />
        ) : (
          <OpenPair key={pair.id} object={object} pair={pair} />
        )}
      </div>
    </div>
  )
}

const titleOf = ({ title, recordNumber }: RecordData): string => title ?? recordNumber

function PairItem({ pair, active, onOpen }: { pair: DuplicatePair; active: boolean; onOpen: () => void }) {
  const [left, right] = pair.records as [RecordData, RecordData]
  const { t } = useTranslation('duplicates')
  return (
    <UnstyledButton className={classes.pair} data-active={active || undefined} aria-current={active} onClick={onOpen}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={500} className={classes.pairTitle}>
          {titleOf(left)}
        </Text>
        <Text size="xs" c="dimmed" className={classes.score} title={t('sure', { score: pair.score })}>
          {pair.score} %
        </Text>
      </Group>
      <Text size="xs" c="dimmed" className={classes.pairTitle}>
        {titleOf(right)} · {left.recordNumber}, {right.recordNumber}
      </Text>
    </UnstyledButton>
  )
}

function Reasons({ pair }: { pair: DuplicatePair }) {
  const { t } = useTranslation('duplicates')
  return (
    <div className={classes.reasons}>
      <Text size="sm">{t('sure', { score: pair.score })}</Text>
      {tellingReasons(pair.reasons).map((reason) => (
        <Badge key={reason.rule} size="sm" variant="light" color="gray" tt="none">
          {reasonText(t, reason)}
        </Badge>
      ))}
    </div>
  )
}

function OpenPair({ object, pair }: { object: ObjectMeta; pair: DuplicatePair }) {
  const { t } = useTranslation('duplicates')
  const dismiss = useDismiss(object.slug)
  const reopen = useReopen(object.slug)
  const isOpen = pair.state === 'open'
  useShortcuts({ d: () => isOpen && !dismiss.isPending && dismiss.mutate(pair) })
  return (
    <ComparePair
      object={object}
      records={pair.records as [RecordData, RecordData]}
      onMerged={() => undefined}
      actions={
        isOpen ? (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconX size={15} aria-hidden />}
            loading={dismiss.isPending}
            onClick={() => dismiss.mutate(pair)}
          >
            {t('notSame')}
          </Button>
        ) : (
          <Button size="sm" variant="default" loading={reopen.isPending} onClick={() => reopen.mutate(pair)}>
            {t('reopen')}
          </Button>
        )
      }
    />
  )
}

function MergedPair({ object, pair }: { object: ObjectMeta; pair: DuplicatePair }) {
  const { t } = useTranslation('duplicates')
  const kept = pair.records.find(({ deletedAt }) => !deletedAt)
  return (
    <Text size="sm">
      {t('wasMerged')}{' '}
      {kept && (
        <Anchor component={Link} to={paths.record(object.slug, kept.id)}>
          {titleOf(kept)} ({kept.recordNumber})
        </Anchor>
      )}
    </Text>
  )
}
