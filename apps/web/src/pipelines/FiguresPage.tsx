import { Anchor, NativeSelect, Skeleton, Stack, Text } from '@mantine/core'
import type { ObjectMeta, Pipeline } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useObject } from '../api/objects.ts'
import { useMembers } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { PageError } from '../ui/PageError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import classes from './Figures.module.css'
import { GroupTable, LostReasons, StageTable } from './FigureTables.tsx'
import { Funnel } from './Funnel.tsx'
import { useFigures } from './pipelines.ts'

/** How records went through a pipeline: the funnel, times, why they were lost, and what is open now. */
export default function FiguresPage() {
  const { object: slug = '', pipeline: key = '' } = useParams()
  const { data: object, error } = useObject(slug)
  if (error) return <PageError error={error} />
  if (!object) return <Skeleton height={320} m="md" />
  const pipeline = object.pipelines.find((one) => one.key === key)
  if (!pipeline) return <NoPipeline object={object} />
  return <Figures key={pipeline.key} object={object} pipeline={pipeline} />
}

function NoPipeline({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation('pipelines')
  return (
    <Stack p="lg" align="flex-start">
      <Text>{t('figures.gone')}</Text>
      <Anchor component={Link} to={paths.list(object.slug)}>
        {object.labelPlural}
      </Anchor>
    </Stack>
  )
}

const periods = ['30', '90', '365', 'all'] as const
type PeriodName = (typeof periods)[number]

/** The first day of a period that ends today. */
function firstDay(period: PeriodName): string {
  if (period === 'all') return '2000-01-01'
  return new Date(Date.now() - Number(period) * 86_400_000).toISOString().slice(0, 10)
}

function Figures({ object, pipeline }: { object: ObjectMeta; pipeline: Pipeline }) {
  const { t } = useTranslation('pipelines')
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const { data: members = [] } = useMembers()
  const period = periods.find((one) => one === params.get('period')) ?? '90'
  const owner = params.get('owner') ?? ''
  const groupBy = params.get('by') === 'month' ? 'month' : 'owner'
  const { data: figures, error } = useFigures(object.slug, pipeline.key, {
    from: firstDay(period),
    groupBy,
    ...(owner ? { owner } : {}),
  })
  const choose = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  return (
    <>
      <PageHeader
        before={<ObjectIcon name={object.icon} size={20} />}
        title={
          <>
            <Anchor component={Link} to={paths.list(object.slug)} inherit c="dimmed">
              {object.labelPlural}
            </Anchor>
            <Text span inherit c="dimmed">
              {' / '}
            </Text>
            <span>{t('figures.of', { pipeline: pipeline.label })}</span>
          </>
        }
        documentTitle={t('figures.of', { pipeline: pipeline.label })}
      />
      <div className={classes.page}>
        <div className={classes.bar}>
          {object.pipelines.length > 1 && (
            <NativeSelect
              aria-label={t('figures.pipeline')}
              value={pipeline.key}
              onChange={({ currentTarget }) => void navigate(paths.figures(object.slug, currentTarget.value))}
              data={object.pipelines.map(({ key, label }) => ({ value: key, label }))}
            />
          )}
          <NativeSelect
            aria-label={t('figures.period')}
            value={period}
            onChange={({ currentTarget }) => choose('period', currentTarget.value)}
            data={periods.map((value) => ({ value, label: t(`figures.last.${value}`) }))}
          />
          <NativeSelect
            aria-label={t('figures.owner')}
            value={owner}
            onChange={({ currentTarget }) => choose('owner', currentTarget.value)}
            data={[
              { value: '', label: t('figures.everybody') },
              ...members.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
        {error && <Text c="var(--mantine-color-error)">{error.message}</Text>}
        {!figures && !error && <Skeleton height={320} />}
        {figures && (
          <>
            <Funnel pipeline={pipeline} figures={figures} />
            <StageTable object={object} pipeline={pipeline} figures={figures} />
            <LostReasons pipeline={pipeline} figures={figures} />
            <GroupTable
              pipeline={pipeline}
              figures={figures}
              groupBy={groupBy}
              onGroupBy={(value) => choose('by', value === 'owner' ? '' : value)}
            />
          </>
        )}
      </div>
    </>
  )
}
