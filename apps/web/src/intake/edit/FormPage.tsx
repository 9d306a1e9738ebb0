import { Alert, Anchor, Button, Group, List, Skeleton, Stack, Switch, Tabs, Text } from '@mantine/core'
import { ApiError, type Form, type FormDefinition, type ObjectMeta } from '@oneforge/client'
import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { useObject } from '../../api/objects.ts'
import { paths } from '../../paths.ts'
import settings from '../../settings/settings.module.css'
import { PageError } from '../../ui/PageError.tsx'
import { showError, showToast } from '../../ui/toast.tsx'
import { useLeaveGuard } from '../../ui/useLeaveGuard.ts'
import classes from './edit.module.css'
import { useForm, useUpdateForm } from './formQueries.ts'
import { Preview } from './Preview.tsx'
import { QuestionsTab } from './QuestionsTab.tsx'
import { ResultsTab } from './ResultsTab.tsx'
import { ShareTab } from './ShareTab.tsx'
import { WordsTab } from './WordsTab.tsx'

/** One form: what it asks, what it says, where it is found and what came in by it. */
export function FormPage() {
  const { form: id = '' } = useParams()
  const { data: form, error } = useForm(id)
  const { data: object, error: objectError } = useObject(form?.object ?? '', form !== undefined)
  if (error ?? objectError) return <PageError error={(error ?? objectError)!} />
  if (!form || !object) return <Skeleton height={320} />
  return <FormEditor key={form.id} form={form} object={object} />
}

function FormEditor({ form, object }: { form: Form; object: ObjectMeta }) {
  const { t } = useTranslation('intake')
  const [params, setParams] = useSearchParams()
  const [draft, setDraft] = useState<FormDefinition>(form.definition)
  const [name, setName] = useState(form.name)
  const update = useUpdateForm()
  const changed = name !== form.name || JSON.stringify(draft) !== JSON.stringify(form.definition)
  useLeaveGuard(changed, t('leave'))
  const save = () =>
    update.mutate(
      { form, change: { name, definition: draft } },
      {
        onSuccess: (saved) => {
          if (saved) setDraft(saved.definition)
          showToast({ message: t('saved') })
        },
        onError: (error) => !(error instanceof ApiError && error.details.length > 0) && showError(error),
      },
    )
  const tab = params.get('tab') ?? 'questions'
  const refused = update.error instanceof ApiError ? update.error.details : []
  const isEdited = tab === 'questions' || tab === 'words'
  return (
    <Stack gap="md" maw={1080}>
      <title>{`${form.name} · OneForge`}</title>
      <Anchor component={Link} to={paths.settings('forms')} size="sm" c="dimmed" className={settings.back}>
        <IconArrowLeft size={14} aria-hidden />
        {t('title')}
      </Anchor>
      <Group gap="md">
        <h2 className={classes.heading}>{form.name}</h2>
        <Text span size="sm" c="dimmed">
          {t(`audience.${form.audience}`)} · {object.labelPlural}
        </Text>
        <Group gap="md" ms="auto">
          <Openness form={form} held={changed} />
          <Button onClick={save} disabled={!changed} loading={update.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Group>
      <Problems
        problems={
          refused.length > 0 ? refused.map(({ message }) => message) : form.problems.map(({ message }) => message)
        }
      />
      <Tabs
        value={tab}
        onChange={(next) => setParams(next === null || next === 'questions' ? {} : { tab: next }, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="questions">{t('tab.questions')}</Tabs.Tab>
          <Tabs.Tab value="words">{t('tab.words')}</Tabs.Tab>
          <Tabs.Tab value="share">{t('tab.share')}</Tabs.Tab>
          <Tabs.Tab value="results">{t('tab.results')}</Tabs.Tab>
        </Tabs.List>
        <div className={isEdited ? classes.sides : undefined}>
          <div>
            <Tabs.Panel value="questions">
              <QuestionsTab object={object} form={draft} audience={form.audience} onChange={setDraft} />
            </Tabs.Panel>
            <Tabs.Panel value="words">
              <WordsTab object={object} name={name} onName={setName} form={draft} onChange={setDraft} />
            </Tabs.Panel>
            <Tabs.Panel value="share">
              <ShareTab form={form} />
            </Tabs.Panel>
            <Tabs.Panel value="results">
              <ResultsTab form={form} />
            </Tabs.Panel>
          </div>
          {isEdited && <Preview form={draft} object={object} id={form.id} audience={form.audience} />}
        </div>
      </Tabs>
    </Stack>
  )
}

/** Whether it takes answers. What is not saved yet is not opened. */
function Openness({ form, held }: { form: Form; held: boolean }) {
  const { t } = useTranslation('intake')
  const update = useUpdateForm()
  return (
    <Switch
      label={t('open')}
      description={held ? t('saveFirst') : undefined}
      checked={form.published}
      disabled={held || update.isPending || (!form.published && form.problems.length > 0)}
      onChange={(event) =>
        update.mutate({ form, change: { published: event.currentTarget.checked } }, { onError: showError })
      }
    />
  )
}

function Problems({ problems }: { problems: string[] }) {
  const { t } = useTranslation('intake')
  if (problems.length === 0) return null
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} title={t('unsound')}>
      <List size="sm">
        {[...new Set(problems)].map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
      </List>
    </Alert>
  )
}
