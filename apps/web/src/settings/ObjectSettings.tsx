import { Anchor, Button, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import { ApiError, type ObjectMeta } from '@oneforge/client'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { useObject } from '../api/objects.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { DuplicateSettings } from '../duplicates/DuplicateSettings.tsx'
import { paths } from '../paths.ts'
import { PipelineSettings } from '../pipelines/PipelineSettings.tsx'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { FieldList } from './FieldList.tsx'
import { useRemoveObject } from './metadataChanges.ts'
import { NumberingSettings } from './NumberingSettings.tsx'
import { ObjectForm } from './ObjectForm.tsx'
import { RolesForm } from './RolesForm.tsx'
import { RulesSettings } from './RulesSettings.tsx'
import classes from './settings.module.css'
import { useNumberExample } from './useNumberExample.ts'

/** One object: its fields, its names and icon, and which of its fields play which part. */
export function ObjectSettings() {
  const { t } = useTranslation(['settings', 'modelling', 'duplicates', 'pipelines'])
  const { object: slug = '' } = useParams()
  const { data: object, error } = useObject(slug)
  const may = useMayAdmin('objects')
  const example = useNumberExample()
  if (error) return <PageError error={error} />
  if (!object) return <Skeleton height={320} maw={760} />
  return (
    <Stack gap="md" maw={760}>
      <title>{`${object.labelPlural} · OneForge`}</title>
      <Anchor component={Link} to={paths.settings('objects')} size="sm" c="dimmed" className={classes.back}>
        <IconArrowLeft size={14} aria-hidden />
        {t('section.objects')}
      </Anchor>
      <Group gap="xs">
        <ObjectIcon name={object.icon} size={20} />
        <h2 className={classes.heading}>{object.labelPlural}</h2>
        <Text span size="sm" c="dimmed">
          {t('object.numbered', { example: example(object.numbering.pattern, 1) })}
        </Text>
      </Group>
      <Tabs defaultValue="fields" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="fields">{t('object.fields')}</Tabs.Tab>
          <Tabs.Tab value="rules">{t('modelling:rules.tab')}</Tabs.Tab>
          {may && <Tabs.Tab value="duplicates">{t('duplicates:settings.tab')}</Tabs.Tab>}
          <Tabs.Tab value="numbering">{t('modelling:numbering.tab')}</Tabs.Tab>
          <Tabs.Tab value="pipelines">{t('pipelines:settings.tab')}</Tabs.Tab>
          <Tabs.Tab value="names">{t('object.names')}</Tabs.Tab>
          <Tabs.Tab value="roles">{t('object.roles')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="fields">
          <FieldList object={object} editable={may} />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <RulesSettings object={object} editable={may} />
        </Tabs.Panel>
        {may && (
          <Tabs.Panel value="duplicates">
            <DuplicateSettings object={object} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="numbering">
          <NumberingSettings key={object.id} object={object} editable={may} />
        </Tabs.Panel>
        <Tabs.Panel value="pipelines">
          <PipelineSettings object={object} editable={may} />
        </Tabs.Panel>
        <Tabs.Panel value="names">
          <ObjectForm key={object.id} object={object} editable={may} />
          {may && <RemoveObject object={object} />}
        </Tabs.Panel>
        <Tabs.Panel value="roles">
          <RolesForm object={object} editable={may} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

/** Retiring takes the object out of sight; one that holds records asks twice. */
function RemoveObject({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation('settings')
  const navigate = useNavigate()
  const remove = useRemoveObject()
  const retire = (force: boolean) =>
    remove.mutate(
      { slug: object.slug, force },
      {
        onSuccess: () => {
          showToast({ message: t('object.retired', { objects: object.labelPlural }) })
          void navigate(paths.settings('objects'))
        },
        onError: (error) => {
          if (error instanceof ApiError && error.status === 409 && !force) ask(true)
          else showError(error)
        },
      },
    )
  const ask = (force: boolean) =>
    openConfirmModal({
      title: t('object.retireTitle', { objects: object.labelPlural }),
      children: (
        <Text size="sm">{t(force ? 'object.retireFull' : 'object.retireEmpty', { objects: object.labelPlural })}</Text>
      ),
      labels: { confirm: t('object.retire'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => retire(force),
    })
  return (
    <Button
      mt="xl"
      variant="default"
      c="var(--mantine-color-error)"
      loading={remove.isPending}
      onClick={() => ask(object.recordCount !== 0)}
    >
      {t('object.retire')}
    </Button>
  )
}
