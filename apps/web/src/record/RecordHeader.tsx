import { ActionIcon, Anchor, Group, Menu, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ObjectMeta, RecordData } from '@oneforge/client'
import {
  IconArrowLeft,
  IconArrowMerge,
  IconCopy,
  IconDots,
  IconEye,
  IconHistory,
  IconLink,
  IconPrinter,
  IconTopologyStar,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ActivityDates } from '../activities/ActivityDates.tsx'
import { useUpdateRecord } from '../api/recordChanges.ts'
import { useMay, useMayAdmin } from '../api/workspace.ts'
import { StarButton } from '../favourites/StarButton.tsx'
import { recordName } from '../fields/recordName.ts'
import { listLeft } from '../list/place.ts'
import { FollowButton } from '../notifications/FollowButton.tsx'
import { paths } from '../paths.ts'
import { RecordStages } from '../pipelines/RecordStages.tsx'
import { onDemand } from '../ui/onDemand.tsx'
import { showToast } from '../ui/toast.tsx'
import { LocationPicker } from './LocationPicker.tsx'
import type { Neighbours } from './neighbours.ts'
import { OwnerPicker } from './OwnerPicker.tsx'
import classes from './RecordPage.module.css'

const PressButtons = onDemand(async () => (await import('../automation/buttons/PressButtons.tsx')).PressButtons)
const RecordApprovals = onDemand(
  async () => (await import('../automation/approvals/RecordApprovals.tsx')).RecordApprovals,
)
const Steps = onDemand(async () => (await import('./Steps.tsx')).Steps)
const RecordAccessDrawer = onDemand(async () => (await import('../access/RecordAccessDrawer.tsx')).RecordAccessDrawer)
const AccessReportDrawer = onDemand(async () => (await import('../audit/AccessReportDrawer.tsx')).AccessReportDrawer)

interface RecordHeaderProps {
  object: ObjectMeta
  record: RecordData
  neighbours: Neighbours | undefined
  editable: boolean
  onGo: (id: string | undefined) => void
  onDelete: () => void
  onDuplicate: () => void
}

/** Title, number, owner, stage path, and what can be done with the record as a whole. */
export function RecordHeader(props: RecordHeaderProps) {
  const { object, record, neighbours, editable, onGo } = props
  const update = useUpdateRecord(object.slug)
  return (
    <header className={classes.header}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Anchor component={Link} to={listLeft(object.slug)} size="sm" c="dimmed" className={classes.back}>
          <IconArrowLeft size={14} aria-hidden />
          {object.labelPlural}
        </Anchor>
        <Group gap={4} wrap="nowrap">
          {neighbours && <Steps neighbours={neighbours} onGo={onGo} />}
          {!record.deletedAt && <FollowButton record={record} />}
          {!record.deletedAt && <StarButton />}
          <RecordMenu {...props} />
        </Group>
      </Group>
      <Group justify="space-between" gap="xs" align="flex-end" className={classes.naming}>
        <div className={classes.name}>
          <Title order={1} className={classes.title}>
            {recordName(object, record)}
          </Title>
          <Text span size="sm" c="dimmed" className={classes.number}>
            {record.recordNumber}
          </Text>
        </div>
        <div className={classes.keepers}>
          {!record.deletedAt && <PressButtons object={object.slug} recordIds={[record.id]} variant="default" />}
          {object.located && (
            <LocationPicker
              locationId={record.locationId}
              onMove={editable ? (locationId) => update.mutate({ record, changes: { locationId } }) : undefined}
            />
          )}
          <OwnerPicker
            ownerId={record.ownerId}
            onAssign={editable ? (ownerId) => update.mutate({ record, changes: { ownerId } }) : undefined}
          />
        </div>
      </Group>
      <ActivityDates object={object} record={record} />
      <RecordApprovals recordId={record.id} />
      <RecordStages object={object} record={record} editable={editable} />
    </header>
  )
}

function RecordMenu({ object, record, onDelete, onDuplicate }: RecordHeaderProps) {
  const { t } = useTranslation(['record', 'duplicates'])
  const may = useMay(object.slug)
  const mayAudit = useMayAdmin('audit')
  const [showsAccess, { open: openAccess, close: closeAccess }] = useDisclosure()
  const [showsReport, { open: openReport, close: closeReport }] = useDisclosure()
  const copyLink = async () => {
    await navigator.clipboard.writeText(window.location.href)
    showToast({ message: t('menu.copied') })
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('menu.label')}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={14} />} onClick={() => void copyLink()}>
            {t('menu.copyLink')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPrinter size={14} />} onClick={printPage}>
            {t('menu.print')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTopologyStar size={14} />}
            component={Link}
            to={paths.graph(object.slug, record.id)}
          >
            {t('menu.graph')}
          </Menu.Item>
          <Menu.Item leftSection={<IconEye size={14} />} onClick={openAccess}>
            {t('menu.whoSees')}
          </Menu.Item>
          {mayAudit && (
            <Menu.Item leftSection={<IconHistory size={14} />} onClick={openReport}>
              {t('menu.whoLooked')}
            </Menu.Item>
          )}
          {may('create') && (
            <Menu.Item leftSection={<IconCopy size={14} />} onClick={onDuplicate}>
              {t('menu.duplicate')}
            </Menu.Item>
          )}
          {may('delete') && may('update') && !record.deletedAt && (
            <Menu.Item
              leftSection={<IconArrowMerge size={14} />}
              component={Link}
              to={paths.merge(object.slug, record.id)}
            >
              {t('duplicates:mergeWith')}
            </Menu.Item>
          )}
          {may('delete') && !record.deletedAt && (
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={onDelete}>
              {t('menu.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {showsAccess && <RecordAccessDrawer record={record} onClose={closeAccess} />}
      {showsReport && <AccessReportDrawer record={record} onClose={closeReport} />}
    </>
  )
}

/** In a moment of its own: the browser stops everything else while its dialog is open. */
function printPage(): void {
  requestAnimationFrame(() => window.print())
}
