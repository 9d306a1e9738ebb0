import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { ListedMailTemplate } from '@oneforge/client'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { client } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { EditDeleteMenu } from '../ui/EditDeleteMenu.tsx'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showError } from '../ui/toast.tsx'
import classes from './mail.module.css'
import { refreshMailTemplates, useMailTemplates } from './mailQueries.ts'
import { SubjectText } from './SubjectText.tsx'

/** The templates, folder by folder. */
export function TemplateList() {
  const { t } = useTranslation('mail')
  const { data, error } = useMailTemplates()
  if (error) return <PageError error={error} />
  const add = (
    <Button
      component={Link}
      to={paths.mailTemplate('new')}
      leftSection={<IconPlus size={14} aria-hidden />}
      flex="none"
    >
      {t('templates.add')}
    </Button>
  )
  const folders = Map.groupBy(data ?? [], ({ folder }) => folder)
  return (
    <Stack gap="md" maw={860}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" c="dimmed">
          {t('templates.explanation')}
        </Text>
        {data && data.length > 0 && add}
      </Group>
      {!data && <Skeleton height={120} />}
      {data?.length === 0 && (
        <EmptyPage icon="mail" title={t('templates.none')} text={t('templates.noneText')}>
          {add}
        </EmptyPage>
      )}
      {[...folders].map(([folder, templates]) => (
        <section key={folder} aria-label={folder || t('templates.withoutFolder')}>
          {folder && <h3 className={classes.folder}>{folder}</h3>}
          <ul className={classes.list}>
            {templates.map((template) => (
              <TemplateLine key={template.id} template={template} />
            ))}
          </ul>
        </section>
      ))}
    </Stack>
  )
}

function TemplateLine({ template }: { template: ListedMailTemplate }) {
  const { t } = useTranslation('mail')
  const cache = useQueryClient()
  const navigate = useNavigate()
  const { objects } = useWorkspace()
  const { id, name, subject, object, languages, marketing, version } = template
  const remove = useMutation({
    mutationFn: () => client.mail.removeTemplate(id, version),
    onSuccess: () => refreshMailTemplates(cache),
    onError: showError,
  })
  const askToRemove = () =>
    openConfirmModal({
      title: t('templates.deleteTitle', { name }),
      children: <Text size="sm">{t('templates.deleteText')}</Text>,
      labels: { confirm: t('delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  return (
    <li className={classes.line}>
      <div className={classes.naming}>
        <Link to={paths.mailTemplate(id)} className={classes.name}>
          {name}
        </Link>
        <Text size="xs" c="dimmed" truncate>
          <SubjectText subject={subject} slug={object} />
        </Text>
      </div>
      {marketing && (
        <Badge size="sm" variant="light" flex="none">
          {t('templates.marketing')}
        </Badge>
      )}
      <Text size="xs" c="dimmed" ta="end" flex="none">
        {objects.find((one) => one.slug === object)?.labelPlural ?? t('templates.ofNone')} · {languages.join(', ')}
      </Text>
      <EditDeleteMenu
        label={t('templates.actions', { name })}
        edit={t('edit')}
        remove={t('delete')}
        onEdit={() => void navigate(paths.mailTemplate(id))}
        onRemove={askToRemove}
      />
    </li>
  )
}
