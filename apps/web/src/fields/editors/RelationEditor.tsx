import { Button, type ComboboxItem, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { FieldMeta, RecordData, RecordLink } from '@oneforge/client'
import { IconPlus } from '@tabler/icons-react'
import { Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { titleField, useObject } from '../../api/objects.ts'
import { useObjectSearch } from '../../api/search.ts'
import { useMay } from '../../api/workspace.ts'
import { MultiSelect, Select } from '../../ui/Select.tsx'
import { useFormatContext } from '../FormatProvider.tsx'
import { asList } from '../format.ts'
import { identifyingText } from '../identifying.ts'
import { useNewRecordForm } from '../NewRecordForm.tsx'
import { type EditorProps, inputProps, opensOnFocus } from './editorProps.ts'
import { ObjectChooser } from './ObjectChooser.tsx'

/**
 * Chooses records of the other object by searching as one types. Values stay links with their titles, so that they
 * can be shown at once; `requestValue` turns them into ids for the API.
 */
export function RelationEditor(props: EditorProps) {
  return props.field.relation?.many ? <ManyLinks {...props} /> : <OneLink {...props} />
}

function OneLink(props: EditorProps) {
  const { field, value, variant, onChange, onDone } = props
  const link = (value as RecordLink | null) ?? null
  const search = useLinkSearch(props, link ? [link] : [])
  const choose = (id: string | null) => {
    if (id === another) return search.create()
    const chosen = search.linkOf(id)
    if (variant === 'cell') onDone(chosen)
    else onChange(chosen)
  }
  return (
    <>
      <Select
        {...inputProps(props)}
        {...search.inputs}
        value={link?.id ?? null}
        allowDeselect={false}
        clearable={!field.required}
        onChange={choose}
      />
      <ObjectChooser {...search.chooser} />
      <CreateInPlace {...search.creation} onCreated={(record) => onChange(linkTo(record))} />
    </>
  )
}

function ManyLinks(props: EditorProps) {
  const links = asList(props.value) as RecordLink[]
  const search = useLinkSearch(props, links)
  return (
    <>
      <MultiSelect
        {...inputProps(props)}
        {...search.inputs}
        hidePickedOptions
        value={links.map(({ id }) => id)}
        onChange={(ids) =>
          ids.includes(another)
            ? search.create()
            : props.onChange(ids.map(search.linkOf).filter((link) => link !== null))
        }
      />
      <ObjectChooser {...search.chooser} />
      <CreateInPlace {...search.creation} onCreated={(record) => props.onChange([...links, linkTo(record)])} />
    </>
  )
}

/** The value of the choice that makes a record of what is typed. */
const another = 'another'

/** The search behind both inputs: what was found, with what is chosen already, as options. */
function useLinkSearch(props: EditorProps, chosen: RecordLink[]) {
  const { field, variant } = props
  const { t } = useTranslation('fields')
  const [text, setText] = useState('')
  const [opened, setOpened] = useState(variant === 'cell')
  const isTitle = chosen.some(({ title }) => title === text)
  const wanted = isTitle ? '' : text
  const [query] = useDebouncedValue(wanted, 200)
  const objects = objectsOf(field)
  const [slug, setSlug] = useState(chosen[0]?.object ?? objects[0] ?? '')
  const { data: found = [], isFetching, isPlaceholderData } = useObjectSearch(slug, query, opened)
  const { data: object } = useObject(slug)
  const context = useFormatContext()
  const may = useMay(slug)
  const mayCreate = variant === 'form' && may('create')
  /** The title that the form for another record begins with; undefined while it is closed. */
  const [creating, setCreating] = useState<string>()
  /** What was typed last: the input forgets it when the focus goes to the button below. */
  const sought = useRef('')
  const search = (next: string) => {
    setText(next)
    if (next !== '') sought.current = chosen.some(({ title }) => title === next) ? '' : next
  }
  const links = new Map([...chosen, ...found.map(linkTo)].map((link) => [link.id, link]))
  const records = new Map(found.map((record) => [record.id, record]))
  const isOffered = mayCreate && wanted.trim() !== '' && query === wanted && !isPlaceholderData
  return {
    create: () => setCreating(sought.current),
    creation: {
      slug,
      isOffered: mayCreate,
      title: creating,
      onOpen: () => setCreating(sought.current),
      onClose: () => setCreating(undefined),
    },
    chooser: { objects, value: slug, onChange: setSlug },
    linkOf: (id: string | null) => (id === null ? null : (links.get(id) ?? null)),
    inputs: {
      data: [
        ...[...links.values()].map(({ id, title }) => ({ value: id, label: title })),
        ...(isOffered ? [{ value: another, label: t('relation.createNamed', { title: wanted.trim() }) }] : []),
      ],
      comboboxProps: { width: 300, position: 'bottom-start' as const },
      searchable: true,
      openOnFocus: opensOnFocus(props),
      searching: query !== wanted || isPlaceholderData,
      searchValue: text,
      onSearchChange: search,
      onDropdownOpen: () => setOpened(true),
      defaultDropdownOpened: variant === 'cell',
      // The server has searched; filtering its answer again by the title alone would hide matches in other fields.
      // What is chosen but was not found is offered only while nothing is searched for.
      filter: ({ options }: { options: unknown[] }) =>
        (options as ComboboxItem[]).filter(({ value }) => query === '' || records.has(value) || value === another),
      renderOption: ({ option }: { option: ComboboxItem }) => (
        <LinkOption
          title={option.label}
          record={records.get(option.value)}
          details={records.has(option.value) ? identifyingText(object, records.get(option.value)!, context) : ''}
          isNew={option.value === another}
        />
      ),
      placeholder: chosen.length === 0 ? t('relation.placeholder') : undefined,
      nothingFoundMessage: isFetching ? t('relation.searching') : t('relation.nothingFound'),
      clearButtonProps: { 'aria-label': t('clear') },
    },
  }
}

/** Slugs of the objects that the field may lead to. */
function objectsOf({ relation }: FieldMeta): string[] {
  return relation ? [relation.object, ...(relation.others ?? [])] : []
}

interface LinkOptionProps {
  title: string
  /** Undefined for what is chosen and was not found again. */
  record: RecordData | undefined
  details: string
  isNew: boolean
}

function LinkOption({ title, record, details, isNew }: LinkOptionProps) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" flex={1}>
      <div>
        <Group gap={6} wrap="nowrap">
          {isNew && <IconPlus size={12} aria-hidden />}
          {title}
        </Group>
        {details && (
          <Text size="xs" c="inherit" opacity={0.75}>
            {details}
          </Text>
        )}
      </div>
      {record && (
        <Text component="span" size="xs" c="inherit" opacity={0.75} style={{ whiteSpace: 'nowrap' }}>
          {record.recordNumber}
        </Text>
      )}
    </Group>
  )
}

function linkTo({ id, object, title }: RecordData | RecordLink): RecordLink {
  return { id, object, title }
}

interface CreateInPlaceProps {
  slug: string
  isOffered: boolean
  /** What it is to be called; undefined while the form is closed. */
  title: string | undefined
  onOpen: () => void
  onClose: () => void
  onCreated: (record: RecordData) => void
}

/** In forms a record that is not there yet can be made without leaving. */
function CreateInPlace({ slug, isOffered, title, onOpen, onClose, onCreated }: CreateInPlaceProps) {
  const { t } = useTranslation('fields')
  if (!isOffered) return null
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={12} aria-hidden />}
        onClick={onOpen}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('relation.create')}
      </Button>
      {title !== undefined && (
        <Suspense>
          <CreateOther slug={slug} title={title} onClose={onClose} onCreated={onCreated} />
        </Suspense>
      )}
    </>
  )
}

function CreateOther(props: {
  slug: string
  title: string
  onClose: () => void
  onCreated: (record: RecordData) => void
}) {
  const { data: object } = useObject(props.slug)
  const NewRecordForm = useNewRecordForm()
  if (!object || !NewRecordForm) return null
  // A title that is worked out cannot be given.
  const isGiven = props.title && !titleField(object)?.computed
  const initialValues = isGiven ? { [object.roles.title]: props.title } : {}
  return (
    <NewRecordForm
      object={props.slug}
      opened
      onClose={props.onClose}
      onCreated={props.onCreated}
      initialValues={initialValues}
    />
  )
}
