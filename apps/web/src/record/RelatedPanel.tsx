import { ActionIcon, Anchor, Button, Group, Menu, Skeleton, Stack, Text } from '@mantine/core'
import { ApiError, type ObjectMeta, type RecordData, type RelationMeta } from '@oneforge/client'
import { IconLink, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { errorText } from '../api/client.ts'
import { useObject } from '../api/objects.ts'
import { useMay } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber, formatValue, isEmptyValue } from '../fields/format.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import CreateRecord from './CreateRecord.tsx'
import { LinkPicker } from './LinkPicker.tsx'
import { useLinkActions, useLinks } from './links.ts'
import classes from './RelatedPanel.module.css'

interface RelatedPanelProps {
  object: ObjectMeta
  record: RecordData
  editable: boolean
}

/** The records on the other side of each relation. What a single field already names is not repeated here. */
export function RelatedPanel({ object, record, editable }: RelatedPanelProps) {
  const { t } = useTranslation('record')
  const relations = object.relations.filter(({ direction, many }) => direction === 'in' || many)
  if (relations.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('related.none')}
      </Text>
    )
  }
  return (
    <Stack gap="lg">
      {relations.map((relation) => (
        <RelatedList key={relation.key} relation={relation} object={object} record={record} editable={editable} />
      ))}
    </Stack>
  )
}

interface RelatedListProps extends RelatedPanelProps {
  relation: RelationMeta
}

function RelatedList({ object, record, relation, editable }: RelatedListProps) {
  const { t } = useTranslation('record')
  const { records, total, isPending, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useLinks(
    object.slug,
    record.id,
    relation.key,
  )
  const { link, unlink } = useLinkActions(object.slug, record.id, relation)
  const { locale } = useFormatContext()
  const [adding, setAdding] = useState<'existing' | 'new'>()
  const may = useMay(relation.object)
  const { data: other } = useObject(relation.object)
  // Where the other side must have this link, taking it away would leave that record incomplete.
  const needed = relation.direction === 'in' && other?.fields.find(({ key }) => key === relation.inverse)?.required
  if (error && isHidden(error)) return null
  return (
    <section aria-label={relation.label}>
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <h2 className={classes.heading}>
          {relation.label}
          {total > 0 && <span className={classes.count}>{formatNumber(total, locale)}</span>}
        </h2>
        {editable && (
          <AddMenu
            label={t('related.add', { relation: relation.label })}
            mayCreate={may('create')}
            onChoose={setAdding}
          />
        )}
      </Group>
      {adding === 'existing' && (
        <LinkPicker
          relation={relation}
          linked={records}
          onChoose={(otherId) => {
            setAdding(undefined)
            link.mutate(otherId)
          }}
          onCancel={() => setAdding(undefined)}
        />
      )}
      {isPending ? <Skeleton height={32} /> : null}
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {errorText(error)}
        </Text>
      )}
      {!isPending && !error && records.length === 0 && !adding && (
        <Text size="sm" c="dimmed">
          {t('related.empty')}
        </Text>
      )}
      <ul className={classes.list}>
        {records.map((linked) => (
          <RelatedItem
            key={linked.id}
            other={linked}
            onUnlink={editable && !needed ? () => unlink.mutate(linked) : undefined}
          />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="subtle" size="compact-xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('related.more')}
        </Button>
      )}
      {adding === 'new' && (
        <CreateLinked
          record={record}
          relation={relation}
          onClose={() => setAdding(undefined)}
          onCreated={(created) => relation.direction === 'out' && link.mutate(created.id)}
        />
      )}
    </section>
  )
}

/** The other side is not for this person: the page then says nothing of it. */
function isHidden(error: Error): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 404)
}

function AddMenu(props: { label: string; mayCreate: boolean; onChoose: (what: 'existing' | 'new') => void }) {
  const { t } = useTranslation('record')
  return (
    // What is chosen takes the focus itself; giving it back to the button would close it again.
    <Menu position="bottom-end" returnFocus={false}>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={props.label} title={props.label}>
          <IconPlus size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {props.mayCreate && (
          <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => props.onChoose('new')}>
            {t('related.createNew')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLink size={14} />} onClick={() => props.onChoose('existing')}>
          {t('related.linkExisting')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function RelatedItem({ other, onUnlink }: { other: RecordData; onUnlink: (() => void) | undefined }) {
  const { t } = useTranslation('record')
  const { data: object } = useObject(other.object)
  const format = useFormatContext()
  const stage = object?.stages.find(({ value }) => value === other.stage)
  // Two visits for the same reason are told apart by their day.
  const startField = object?.fields.find(({ key }) => key === object.roles.startsAt && !isEmptyValue(other[key]))
  return (
    <li className={classes.item}>
      <div className={classes.naming}>
        <Anchor
          component={Link}
          to={paths.record(other.object, other.id)}
          size="sm"
          truncate
          display="block"
          title={other.title}
        >
          {other.title}
        </Anchor>
        {startField && <span className={classes.number}>{formatValue(startField, other[startField.key], format)}</span>}
      </div>
      {stage ? (
        <OptionBadge label={stage.label} color={stage.color} />
      ) : (
        <span className={classes.number}>{other.recordNumber}</span>
      )}
      {onUnlink && (
        <ActionIcon
          size="xs"
          className={classes.unlink}
          aria-label={t('related.unlink', { title: other.title })}
          title={t('related.unlink', { title: other.title })}
          onClick={onUnlink}
        >
          <IconX size={13} />
        </ActionIcon>
      )}
    </li>
  )
}

interface CreateLinkedProps {
  record: RecordData
  relation: RelationMeta
  onClose: () => void
  onCreated: (other: RecordData) => void
}

/** A new record that points back here from the start, so that a required relation is already filled. */
function CreateLinked({ record, relation, onClose, onCreated }: CreateLinkedProps) {
  const { data: other } = useObject(relation.object)
  const field = other?.fields.find(({ key }) => key === relation.inverse)
  if (!other) return null
  const here = { id: record.id, object: record.object, title: record.title }
  const initialValues = field ? { [field.key]: field.relation?.many ? [here] : here } : undefined
  return (
    <CreateRecord
      object={relation.object}
      opened
      onClose={onClose}
      onCreated={onCreated}
      initialValues={relation.direction === 'in' ? initialValues : undefined}
    />
  )
}
