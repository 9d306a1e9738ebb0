import { ActionIcon, Button, Group, Menu, Skeleton, Text } from '@mantine/core'
import { ApiError, type LinkedRecord, type ObjectMeta, type RecordData, type RelationMeta } from '@oneforge/client'
import { IconLink, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useObject } from '../api/objects.ts'
import { useMay, useWorkspace } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { PlainList } from '../settings/PlainList.tsx'
import { onDemand, useOnceActed } from '../ui/onDemand.tsx'
import { useLinkActions, useLinks } from './links.ts'
import { RelatedItem } from './RelatedItem.tsx'
import classes from './RelatedPanel.module.css'

const LinkForm = onDemand(async () => (await import('./LinkForm.tsx')).LinkForm)
const LinkPicker = onDemand(async () => (await import('./LinkPicker.tsx')).LinkPicker)
const CreateLinked = onDemand(async () => (await import('./CreateLinked.tsx')).CreateLinked)

interface RelatedListProps {
  object: ObjectMeta
  record: RecordData
  relation: RelationMeta
  editable: boolean
}

/** What is being added: a record that is there already, or a new one of an object. */
type Adding =
  | { how: 'existing' }
  | { how: 'new'; slug: string }
  | { how: 'say'; other: Pick<RecordData, 'id' | 'title'> }

/** The records at the other side of one relation: in order, with what is said of each link. */
export function RelatedList({ object, record, relation, editable: mayEdit }: RelatedListProps) {
  const { t } = useTranslation('record')
  const { records, total, isPending, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useLinks(
    object.slug,
    record.id,
    relation.key,
  )
  const { link, unlink, order } = useLinkActions(object.slug, record.id, relation)
  const { locale } = useFormatContext()
  const [adding, setAdding] = useState<Adding>()
  const { data: other } = useObject(relation.object)
  const editable = mayEdit && relation.access === 'write'
  // Where the other side must have this link, taking it away would leave that record incomplete.
  const needed = relation.direction === 'in' && other?.fields.find(({ key }) => key === relation.inverse)?.required
  const isAsking = relation.attributes.some(({ required }) => required)
  const isMovable = editable && records.length > 1
  const SortableList = useOnceActed(async () => (await import('../settings/SortableList.tsx')).SortableList)
  const Rows = (isMovable && SortableList) || PlainList
  if (error && isHidden(error)) return null

  const choose = (chosen: Pick<RecordData, 'id' | 'title'>) => {
    setAdding(isAsking ? { how: 'say', other: chosen } : undefined)
    if (!isAsking) link.mutate({ otherId: chosen.id })
  }

  return (
    <section aria-label={relation.label}>
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <h2 className={classes.heading}>
          {relation.label}
          {total > 0 && <span className={classes.count}>{formatNumber(total, locale)}</span>}
        </h2>
        {editable && <AddMenu relation={relation} onChoose={setAdding} />}
      </Group>
      {adding?.how === 'existing' && (
        <LinkPicker relation={relation} linked={records} onChoose={choose} onCancel={() => setAdding(undefined)} />
      )}
      {adding?.how === 'say' && (
        <LinkForm
          relation={relation}
          title={adding.other.title}
          explanation={t('related.sayFirst')}
          attributes={{}}
          isPending={link.isPending}
          onCancel={() => setAdding(undefined)}
          onSave={(attributes) =>
            link.mutate({ otherId: adding.other.id, change: { attributes } }, { onSuccess: () => setAdding(undefined) })
          }
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
      {records.length > 0 && (
        <Rows<LinkedRecord>
          plain
          items={records}
          idOf={({ id }) => id}
          labelOf={({ title }) => title}
          disabled={!isMovable}
          onMove={(next) => order.mutate(next)}
        >
          {(linked) => (
            <RelatedItem
              other={linked}
              relation={relation}
              editable={editable}
              isPending={link.isPending}
              onChange={(change) => link.mutateAsync({ otherId: linked.id, change })}
              onUnlink={editable && !needed ? () => unlink.mutate(linked) : undefined}
            />
          )}
        </Rows>
      )}
      {hasNextPage && (
        <Button variant="subtle" size="compact-xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('related.more')}
        </Button>
      )}
      {adding?.how === 'new' && (
        <CreateLinked
          record={record}
          relation={relation}
          slug={adding.slug}
          onClose={() => setAdding(undefined)}
          onCreated={(created) => relation.direction === 'out' && choose(created)}
        />
      )}
    </section>
  )
}

/** The other side is not for this person: the page then says nothing of it. */
function isHidden(error: Error): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 404)
}

function AddMenu({ relation, onChoose }: { relation: RelationMeta; onChoose: (what: Adding) => void }) {
  const { t } = useTranslation('record')
  const label = t('related.add', { relation: relation.label })
  return (
    // What is chosen takes the focus itself; giving it back to the button would close it again.
    <Menu position="bottom-end" returnFocus={false}>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={label} title={label}>
          <IconPlus size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {relation.objects.map((slug) => (
          <CreateItem
            key={slug}
            slug={slug}
            isOneOfSeveral={relation.objects.length > 1}
            onChoose={() => onChoose({ how: 'new', slug })}
          />
        ))}
        <Menu.Item leftSection={<IconLink size={14} />} onClick={() => onChoose({ how: 'existing' })}>
          {t('related.linkExisting')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

interface CreateItemProps {
  slug: string
  isOneOfSeveral: boolean
  onChoose: () => void
}

function CreateItem({ slug, isOneOfSeveral, onChoose }: CreateItemProps) {
  const { t } = useTranslation('record')
  const { objects } = useWorkspace()
  const may = useMay(slug)
  if (!may('create')) return null
  const name = objects.find((object) => object.slug === slug)?.label
  return (
    <Menu.Item leftSection={<IconPlus size={14} />} onClick={onChoose}>
      {isOneOfSeveral ? t('related.createOf', { object: name }) : t('related.createNew')}
    </Menu.Item>
  )
}
