import { Anchor, Button, Group, Menu, Skeleton, Stack, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { Form } from '@oneforge/client'
import { IconCopy, IconDots, IconExternalLink, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useWorkspace } from '../../api/workspace.ts'
import { OptionBadge } from '../../fields/OptionBadge.tsx'
import { paths } from '../../paths.ts'
import { EmptyPage } from '../../ui/EmptyPage.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { showError } from '../../ui/toast.tsx'
import classes from './edit.module.css'
import { useDuplicateForm, useForms, useRemoveForm } from './formQueries.ts'
import { NewFormDialog } from './NewFormDialog.tsx'

/** The forms that people fill in, and what came of them lately. */
export function FormsPage() {
  const { t } = useTranslation('intake')
  const { data, error } = useForms()
  const [adding, setAdding] = useState(false)
  if (error) return <PageError error={error} />
  const add = (
    <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)} flex="none">
      {t('add')}
    </Button>
  )
  return (
    <Stack gap="md" maw={860}>
      <title>{`${t('title')} · OneForge`}</title>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <h2 className={classes.heading}>{t('title')}</h2>
          <Text size="sm" c="dimmed">
            {t('explanation')}
          </Text>
        </div>
        {data && data.length > 0 && add}
      </Group>
      {!data && <Skeleton height={160} />}
      {data?.length === 0 && (
        <EmptyPage icon="forms" title={t('none')} text={t('noneText')}>
          {add}
        </EmptyPage>
      )}
      {data && data.length > 0 && (
        <ul className={classes.forms} aria-label={t('title')}>
          {data.map((form) => (
            <FormLine key={form.id} form={form} />
          ))}
        </ul>
      )}
      {adding && <NewFormDialog onClose={() => setAdding(false)} />}
    </Stack>
  )
}

function FormLine({ form }: { form: Form }) {
  const { t } = useTranslation('intake')
  const { objects } = useWorkspace()
  const { id, name, audience, published, month, problems } = form
  const object = objects.find(({ slug }) => slug === form.object)
  return (
    <li className={classes.line}>
      <div className={classes.grow}>
        <Anchor component={Link} to={paths.settings(`forms/${id}`)} fw={500} size="sm" c="inherit">
          {name}
        </Anchor>
        <Text size="xs" c="dimmed" truncate>
          {t(`audience.${audience}`)} · {object?.labelPlural ?? form.object}
          {problems.length > 0 && ` · ${t('problems', { count: problems.length })}`}
        </Text>
      </div>
      <Text size="xs" c="dimmed" className={classes.figures}>
        {t('month', { sent: month.sent, seen: month.seen })}
      </Text>
      <OptionBadge color={published ? 'green' : 'gray'} label={t(published ? 'open' : 'closed')} />
      <FormMenu form={form} />
    </li>
  )
}

function FormMenu({ form }: { form: Form }) {
  const { t } = useTranslation('intake')
  const duplicate = useDuplicateForm()
  const remove = useRemoveForm()
  const { id, name, audience, published, address } = form
  const askToRemove = () =>
    openConfirmModal({
      title: t('removeTitle', { name }),
      children: <Text size="sm">{t('removeText')}</Text>,
      labels: { confirm: t('remove'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void remove.mutateAsync(id).catch(showError),
    })
  const where = audience === 'public' ? paths.form(address) : paths.fillForm(id)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={t('actions', { name })}>
          <IconDots size={18} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {published && (
          <Menu.Item component="a" href={where} target="_blank" leftSection={<IconExternalLink size={14} />}>
            {t('look')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconCopy size={14} />}
          onClick={() => void duplicate.mutateAsync({ id, name: t('copyOf', { name }) }).catch(showError)}
        >
          {t('duplicate')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={14} />} c="var(--mantine-color-error)" onClick={askToRemove}>
          {t('remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
