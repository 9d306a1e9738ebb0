import { Button, Group, Skeleton, Switch, Text, TextInput } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import type { WorkflowSummary } from '@oneforge/client'
import { IconFolder, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client } from '../../api/client.ts'
import { useWorkspace } from '../../api/workspace.ts'
import { paths } from '../../paths.ts'
import { RelativeTime } from '../../record/RelativeTime.tsx'
import { EmptyPage } from '../../ui/EmptyPage.tsx'
import { onDemand } from '../../ui/onDemand.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { AutomationTabs } from '../AutomationTabs.tsx'
import { anyTriggerIcon, triggerIcons } from '../canvas/kinds.ts'
import { useWorkflowChange, useWorkflows } from '../queries.ts'
import classes from './list.module.css'
import { useTriggerWords } from './useTriggerWords.ts'

const NewWorkflow = onDemand(async () => (await import('./NewWorkflow.tsx')).NewWorkflow)

/** All workflows by folder: what begins them, whether they are on, and how they fare. */
export default function AutomationPage() {
  const { t } = useTranslation('automation')
  const [search, setSearch] = useState('')
  const [looked] = useDebouncedValue(search, 200)
  const [isNew, { open, close }] = useDisclosure()
  const { data: workflows, error } = useWorkflows(looked.trim())
  if (error && !workflows) return <PageError error={error} />
  const isEmpty = workflows?.length === 0
  return (
    <>
      <PageHeader title={t('title')}>
        <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
          {t('new.button')}
        </Button>
      </PageHeader>
      <AutomationTabs />
      <div className={classes.page}>
        {!(isEmpty && !looked) && (
          <TextInput
            maw={320}
            mb="md"
            leftSection={<IconSearch size={15} aria-hidden />}
            placeholder={t('list.search')}
            aria-label={t('list.search')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        {!workflows && <Skeleton height={240} />}
        {isEmpty && !looked && (
          <EmptyPage icon="settings-automation" title={t('list.empty')} text={t('list.emptyText')}>
            <Button onClick={open}>{t('new.button')}</Button>
          </EmptyPage>
        )}
        {isEmpty && looked && <Text size="sm">{t('list.nothingFound', { search: looked })}</Text>}
        {foldersOf(workflows ?? []).map(([folder, members]) => (
          <section key={folder} aria-label={folder || t('list.noFolder')}>
            {folder && (
              <h2 className={classes.folder}>
                <IconFolder size={15} aria-hidden /> {folder}
              </h2>
            )}
            <ul className={classes.list}>
              {members.map((workflow) => (
                <WorkflowLine key={workflow.id} workflow={workflow} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {isNew && <NewWorkflow workflows={workflows ?? []} onClose={close} />}
    </>
  )
}

/** Those without a folder first. */
function foldersOf(workflows: WorkflowSummary[]): [string, WorkflowSummary[]][] {
  const folders = Map.groupBy(workflows, ({ folder }) => folder ?? '')
  return [...folders].toSorted(([one], [other]) => one.localeCompare(other))
}

function WorkflowLine({ workflow }: { workflow: WorkflowSummary }) {
  const { t } = useTranslation('automation')
  const { objects } = useWorkspace()
  const say = useTriggerWords()
  const change = useWorkflowChange()
  const { id, label, enabled, published, trigger, object, owner, lastRunAt, counts, hasDraft } = workflow
  // Before it is published nothing begins it.
  const Picture = published ? triggerIcons[trigger.type] : anyTriggerIcon
  const about = objects.find(({ slug }) => slug === object)?.labelPlural
  return (
    <li className={classes.line} data-off={!enabled || undefined}>
      <span className={classes.icon}>
        <Picture size={17} stroke={1.7} aria-hidden />
      </span>
      <span className={classes.names}>
        <Link to={paths.workflow(id)} className={classes.name}>
          {label}
        </Link>
        <span className={classes.about}>
          {[about, published && say(trigger), hasDraft && t('list.hasDraft')].filter(Boolean).join(' · ')}
        </span>
      </span>
      <Group gap={10} className={classes.counts}>
        {counts.running > 0 && <Text size="xs">{t('list.running', { count: counts.running })}</Text>}
        {counts.waiting > 0 && <Text size="xs">{t('list.waiting', { count: counts.waiting })}</Text>}
        {counts.failed > 0 && (
          <Text size="xs" c="var(--mantine-color-error)">
            {t('list.failed', { count: counts.failed })}
          </Text>
        )}
      </Group>
      <span className={classes.owner}>{owner?.name}</span>
      <span className={classes.last}>{lastRunAt ? <RelativeTime at={lastRunAt} /> : t('list.neverRun')}</span>
      <Switch
        size="sm"
        aria-label={t('list.enabled', { label })}
        checked={enabled}
        disabled={!published}
        onChange={(event) => {
          const next = event.currentTarget.checked
          change.mutate(() => client.workflows.update(id, { enabled: next }))
        }}
      />
    </li>
  )
}
