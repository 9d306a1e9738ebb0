import { Button, Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { MetadataVersion } from '@oneforge/client'
import { IconGitCompare } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useWorkspace } from '../api/workspace.ts'
import { PersonFilter } from '../audit/PersonFilter.tsx'
import { paths } from '../paths.ts'
import settings from '../settings/settings.module.css'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { Select } from '../ui/Select.tsx'
import { VersionFacts } from './VersionFacts.tsx'
import classes from './versions.module.css'
import { useVersions } from './versions.ts'

/** Who changed the workspace's shape, when, and what, the latest first. The address holds the filters. */
export function VersionsPage() {
  const { t } = useTranslation('versions')
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const object = params.get('object') ?? undefined
  const person = params.get('person') ?? undefined
  const [chosen, setChosen] = useState<number[]>([])
  const list = useVersions({ object, person })
  const narrow = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(params)
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next, { replace: true })
  }
  /** The last two that were ticked: a third takes the place of the first. */
  const choose = (number: number) =>
    setChosen(chosen.includes(number) ? chosen.filter((one) => one !== number) : [...chosen, number].slice(-2))
  const [from, to] = chosen.toSorted((a, b) => a - b)
  if (list.error) return <PageError error={list.error} />
  return (
    <Stack gap="md" maw={860}>
      <title>{`${t('title')} · OneForge`}</title>
      <div>
        <h2 className={settings.heading}>{t('title')}</h2>
        <Text size="sm" c="dimmed">
          {t('explanation')}
        </Text>
      </div>
      <Group gap="xs">
        <ObjectFilter object={object} onChange={(slug) => narrow('object', slug)} />
        <PersonFilter person={person} onChange={(id) => narrow('person', id)} />
        <Button
          ms="auto"
          size="xs"
          variant="default"
          leftSection={<IconGitCompare size={14} aria-hidden />}
          disabled={to === undefined}
          onClick={() => void navigate(paths.settings(`history/compare?from=${from}&to=${to}`))}
        >
          {t('compare.chosen')}
        </Button>
      </Group>
      {list.isPending && <Skeletons />}
      {list.data && list.versions.length === 0 && (
        <EmptyPage
          icon="history"
          title={t('empty.title')}
          text={t(object || person ? 'empty.filtered' : 'empty.text')}
        />
      )}
      <ol className={classes.list} aria-label={t('title')}>
        {list.versions.map((version) => (
          <VersionRow
            key={version.number}
            version={version}
            chosen={chosen.includes(version.number)}
            onChoose={() => choose(version.number)}
          />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Stack>
  )
}

function ObjectFilter({ object, onChange }: { object: string | undefined; onChange: (slug?: string) => void }) {
  const { t } = useTranslation('versions')
  const { objects } = useWorkspace()
  return (
    <Select
      size="xs"
      aria-label={t('filter.object')}
      placeholder={t('filter.anyObject')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('filter.anyObject') }}
      value={object ?? null}
      onChange={(slug) => onChange(slug ?? undefined)}
      data={objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural }))}
    />
  )
}

interface VersionRowProps {
  version: MetadataVersion
  chosen: boolean
  onChoose: () => void
}

function VersionRow({ version, chosen, onChoose }: VersionRowProps) {
  const { t } = useTranslation('versions')
  const { number, summary, undoneBy } = version
  return (
    <li className={classes.row} data-undone={undoneBy !== null || undefined}>
      <Checkbox
        size="xs"
        aria-label={t('compare.choose', { number })}
        checked={chosen}
        onChange={onChoose}
        className={classes.tick}
      />
      <div className={classes.about}>
        <Link to={paths.settings(`history/${number}`)} className={classes.summary}>
          {summary || t('nothing')}
        </Link>
        <VersionFacts version={version} />
      </div>
      <span className={classes.number}>{number}</span>
    </li>
  )
}

function Skeletons() {
  return (
    <Stack gap="xs" aria-busy>
      {[1, 2, 3, 4, 5, 6].map((row) => (
        <Skeleton key={row} height={48} />
      ))}
    </Stack>
  )
}
