import { Alert, Anchor, Group, MultiSelect, Skeleton, Slider, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useObject } from '../api/objects.ts'
import { useRecord } from '../api/records.ts'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { GraphDrawing } from './GraphDrawing.tsx'
import { GraphList } from './GraphList.tsx'
import classes from './GraphPage.module.css'
import { useGraph } from './useGraph.ts'

const farthest = 5
const steps = Array.from({ length: farthest }, (_, index) => ({ value: index + 1, label: String(index + 1) }))

/** What a record is linked to, and what that is linked to: drawn, and as a list beside the drawing. */
export default function GraphPage() {
  const { object: slug = '', id = '' } = useParams()
  const { t } = useTranslation('graph')
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const depth = Math.min(farthest, Math.max(1, Number(params.get('depth')) || 1))
  const relations = params.get('over')?.split(',').filter(Boolean) ?? []
  const { data: object } = useObject(slug)
  const { data: record } = useRecord(slug, id)
  const { data: graph, error, isPlaceholderData } = useGraph(slug, id, depth, relations)
  if (error) return <PageError error={error} />
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(params)
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next, { replace: true })
  }
  const title = record?.title ?? ''
  return (
    <>
      <PageHeader
        before={
          <Anchor component={Link} to={paths.record(slug, id)} size="sm" c="dimmed" aria-label={t('back', { title })}>
            <IconArrowLeft size={16} aria-hidden />
          </Anchor>
        }
        title={t('title', { title })}
        documentTitle={t('title', { title: record?.recordNumber ?? '' })}
      />
      <Group className={classes.controls} gap="xl" align="flex-end">
        <div className={classes.depth}>
          <Text size="xs" fw={500} aria-hidden>
            {t('depth')}
          </Text>
          <Slider
            size="sm"
            min={1}
            max={farthest}
            marks={steps}
            label={null}
            thumbLabel={t('depth')}
            value={depth}
            onChange={(value) => change('depth', String(value))}
          />
        </div>
        <MultiSelect
          className={classes.relations}
          size="xs"
          label={t('over')}
          placeholder={relations.length === 0 ? t('all') : undefined}
          clearable
          clearButtonProps={{ 'aria-label': t('all') }}
          data={object?.relations.map(({ key, label }) => ({ value: key, label })) ?? []}
          value={relations}
          onChange={(chosen) => change('over', chosen.join(','))}
        />
      </Group>
      {graph?.truncated && (
        <Alert mx="lg" mb="sm" color="yellow" role="status">
          {t('truncated')}
        </Alert>
      )}
      {graph ? (
        <div className={classes.body} aria-busy={isPlaceholderData || undefined}>
          <GraphDrawing
            key={id}
            graph={graph}
            onWalk={(node) => void navigate(`${paths.graph(node.object, node.id)}?depth=${depth}`)}
          />
          <GraphList graph={graph} />
        </div>
      ) : (
        <Skeleton m="lg" height={320} />
      )}
    </>
  )
}
