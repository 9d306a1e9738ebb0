import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ObjectSummary } from '@oneforge/client'
import { IconChevronRight, IconFileImport, IconPlus, IconTable } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMayAdmin, useWorkspace } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { showError } from '../ui/toast.tsx'
import { useReorderObjects } from './metadataChanges.ts'
import { NewObject } from './NewObject.tsx'
import { SortableList } from './SortableList.tsx'
import classes from './settings.module.css'

/** The kinds of things this workspace keeps, in the order of the sidebar. */
export function ObjectsSettings() {
  const { t } = useTranslation('settings')
  const { objects } = useWorkspace()
  const may = useMayAdmin('objects')
  const reorder = useReorderObjects()
  const [adding, { open, close }] = useDisclosure()
  const moved = reorder.isPending ? reorder.variables : undefined
  const ordered = moved ? inOrder(objects, moved) : [...objects].sort((a, b) => a.order - b.order)
  return (
    <Stack gap="md" maw={760}>
      <title>{`${t('section.objects')} · OneForge`}</title>
      <Group justify="space-between" align="flex-start">
        <div>
          <h2 className={classes.heading}>{t('section.objects')}</h2>
          <Text size="sm" c="dimmed">
            {t('objects.explanation')}
          </Text>
        </div>
        {may && (
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              component={Link}
              to={paths.importAsObject()}
              leftSection={<IconFileImport size={14} aria-hidden />}
            >
              {t('objects.fromFile')}
            </Button>
            <Button onClick={open} leftSection={<IconPlus size={14} aria-hidden />}>
              {t('objects.add')}
            </Button>
          </Group>
        )}
      </Group>
      <SortableList
        items={ordered}
        idOf={({ slug }) => slug}
        labelOf={({ labelPlural }) => labelPlural}
        disabled={!may}
        onMove={(next) =>
          reorder.mutate(
            next.map(({ slug }) => slug),
            { onError: showError },
          )
        }
      >
        {(object) => <ObjectRow object={object} />}
      </SortableList>
      {adding && <NewObject onClose={close} />}
    </Stack>
  )
}

function inOrder(objects: ObjectSummary[], slugs: string[]): ObjectSummary[] {
  return [...objects].sort((a, b) => slugs.indexOf(a.slug) - slugs.indexOf(b.slug))
}

function ObjectRow({ object }: { object: ObjectSummary }) {
  const { t } = useTranslation('settings')
  const { locale } = useFormatContext()
  const open = t('objects.openList', { objects: object.labelPlural })
  return (
    <>
      <Link to={paths.settings(`objects/${object.slug}`)} className={classes.objectLink}>
        <ObjectIcon name={object.icon} />
        <span className={classes.name}>{object.labelPlural}</span>
        <Text span size="xs" c="dimmed" className={classes.optional}>
          {object.group}
        </Text>
        {object.recordCount !== null && (
          <span className={classes.meta}>
            {t('objects.records', { count: object.recordCount, number: formatNumber(object.recordCount, locale) })}
          </span>
        )}
        <IconChevronRight size={15} aria-hidden />
      </Link>
      <ActionIcon component={Link} to={paths.list(object.slug)} size="sm" aria-label={open} title={open}>
        <IconTable size={15} />
      </ActionIcon>
    </>
  )
}
