import { Anchor, Button, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { IconArrowLeft, IconLayoutList, IconVersions } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { client } from '../api/client.ts'
import { useObject } from '../api/objects.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { DuplicateSettings } from '../duplicates/DuplicateSettings.tsx'
import { paths } from '../paths.ts'
import { PipelineSettings } from '../pipelines/PipelineSettings.tsx'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showToast } from '../ui/toast.tsx'
import { useTellWithUndo } from '../versions/versions.ts'
import { ActivityDatesSettings } from './ActivityDatesSettings.tsx'
import { FieldList } from './FieldList.tsx'
import { useRemoveObject, useRenameObject } from './metadataChanges.ts'
import { NumberingSettings } from './NumberingSettings.tsx'
import { ObjectForm } from './ObjectForm.tsx'
import { RemovalDialog } from './RemovalDialog.tsx'
import { RenameDialog } from './RenameDialog.tsx'
import { RolesForm } from './RolesForm.tsx'
import { RulesSettings } from './RulesSettings.tsx'
import classes from './settings.module.css'
import { useNumberExample } from './useNumberExample.ts'

/** One object: its fields, its names and icon, and which of its fields play which part. */
export function ObjectSettings() {
  const { t } = useTranslation(['settings', 'modelling', 'duplicates', 'pipelinesettings', 'reshaping', 'arrangements'])
  const { object: slug = '' } = useParams()
  const { data: object, error } = useObject(slug)
  const may = useMayAdmin('objects')
  const [params, setParams] = useSearchParams()
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
        {may && (
          <Group gap="md" ms="auto">
            <Anchor component={Link} to={paths.settings(`objects/${slug}/layout`)} size="sm" className={classes.back}>
              <IconLayoutList size={14} aria-hidden />
              {t('arrangements:layout.open')}
            </Anchor>
            <Anchor component={Link} to={paths.settings(`history?object=${slug}`)} size="sm" className={classes.back}>
              <IconVersions size={14} aria-hidden />
              {t('reshaping:history')}
            </Anchor>
          </Group>
        )}
      </Group>
      <Tabs
        value={params.get('tab') ?? 'fields'}
        onChange={(tab) => setParams(tab === null || tab === 'fields' ? {} : { tab }, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="fields">{t('object.fields')}</Tabs.Tab>
          <Tabs.Tab value="rules">{t('modelling:rules.tab')}</Tabs.Tab>
          {may && <Tabs.Tab value="duplicates">{t('duplicates:settings.tab')}</Tabs.Tab>}
          <Tabs.Tab value="numbering">{t('modelling:numbering.tab')}</Tabs.Tab>
          <Tabs.Tab value="pipelines">{t('pipelinesettings:tab')}</Tabs.Tab>
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
          {may && <ActivityDatesSettings object={object} />}
          {may && <ObjectEnds key={object.slug} object={object} />}
        </Tabs.Panel>
        <Tabs.Panel value="roles">
          <RolesForm object={object} editable={may} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

/** The name that addresses and programs use, and the way out of sight for the whole object. */
function ObjectEnds({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation(['settings', 'reshaping'])
  const navigate = useNavigate()
  const remove = useRemoveObject(object)
  const rename = useRenameObject(object)
  const tell = useTellWithUndo()
  const [dialog, setDialog] = useState<'rename' | 'remove'>()
  const about = {
    thing: [object.slug],
    ask: () => client.objects.dependents(object.slug),
    onClose: () => setDialog(undefined),
  }
  return (
    <Group mt="xl" gap="xs">
      <Button variant="default" onClick={() => setDialog('rename')}>
        {t('reshaping:rename.object.action')}
      </Button>
      <Button variant="default" c="var(--mantine-color-error)" onClick={() => setDialog('remove')}>
        {t('settings:object.retire')}
      </Button>
      {dialog === 'rename' && (
        <RenameDialog
          {...about}
          kind="object"
          label={object.labelPlural}
          name={object.slug}
          onRename={async (name) => {
            await rename.mutateAsync(name)
            void navigate(paths.settings(`objects/${name}?tab=names`), { replace: true })
            showToast({ message: t('reshaping:rename.object.done', { label: object.labelPlural, name }) })
          }}
        />
      )}
      {dialog === 'remove' && (
        <RemovalDialog
          {...about}
          kind="object"
          name={object.labelPlural}
          onRemove={async (force) => {
            await remove.mutateAsync(force)
            void navigate(paths.settings('objects'))
            await tell(t('settings:object.retired', { objects: object.labelPlural }))
          }}
        />
      )}
    </Group>
  )
}
