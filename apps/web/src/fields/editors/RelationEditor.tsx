import { Button, type ComboboxItem, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { FieldMeta, RecordData, RecordLink } from '@oneforge/client'
import { IconPlus } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { titleField, useObject } from '../../api/objects.ts'
import { useObjectSearch } from '../../api/search.ts'
import { useMay } from '../../api/workspace.ts'
import { MultiSelect, Select } from '../../ui/Select.tsx'
import { asList } from '../format.ts'
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
      <CreateInPlace
        {...props}
        slug={search.slug}
        title={search.text}
        onCreated={(record) => onChange(linkTo(record))}
      />
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
        onChange={(ids) => props.onChange(ids.map(search.linkOf).filter((link) => link !== null))}
      />
      <ObjectChooser {...search.chooser} />
      <CreateInPlace
        {...props}
        slug={search.slug}
        title={search.text}
        onCreated={(record) => props.onChange([...links, linkTo(record)])}
      />
    </>
  )
}

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
  const links = new Map([...chosen, ...found.map(linkTo)].map((link) => [link.id, link]))
  const numbers = new Map(found.map(({ id, recordNumber }) => [id, recordNumber]))
  return {
    text: isTitle ? '' : text,
    slug,
    chooser: { objects, value: slug, onChange: setSlug },
    linkOf: (id: string | null) => (id === null ? null : (links.get(id) ?? null)),
    inputs: {
      data: [...links.values()].map(({ id, title }) => ({ value: id, label: title })),
      comboboxProps: { width: 300, position: 'bottom-start' as const },
      searchable: true,
      openOnFocus: opensOnFocus(props),
      searching: query !== wanted || isPlaceholderData,
      searchValue: text,
      onSearchChange: setText,
      onDropdownOpen: () => setOpened(true),
      defaultDropdownOpened: variant === 'cell',
      // The server has searched; filtering its answer again by the title alone would hide matches in other fields.
      // What is chosen but was not found is offered only while nothing is searched for.
      filter: ({ options }: { options: unknown[] }) =>
        (options as ComboboxItem[]).filter(({ value }) => query === '' || numbers.has(value)),
      renderOption: ({ option }: { option: ComboboxItem }) => (
        <LinkOption title={option.label} number={numbers.get(option.value)} />
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

function LinkOption({ title, number }: { title: string; number: string | undefined }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" flex={1}>
      <span>{title}</span>
      {number && (
        <Text component="span" size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {number}
        </Text>
      )}
    </Group>
  )
}

function linkTo({ id, object, title }: RecordData | RecordLink): RecordLink {
  return { id, object, title }
}

/** In forms a record that is not there yet can be made without leaving. */
function CreateInPlace({
  slug,
  variant,
  title,
  onCreated,
}: EditorProps & { slug: string; title: string; onCreated: (record: RecordData) => void }) {
  const { t } = useTranslation('fields')
  const [opened, setOpened] = useState(false)
  const may = useMay(slug)
  if (variant !== 'form' || !may('create')) return null
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={12} aria-hidden />}
        onClick={() => setOpened(true)}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('relation.create')}
      </Button>
      {opened && (
        <Suspense>
          <CreateOther slug={slug} title={title} onClose={() => setOpened(false)} onCreated={onCreated} />
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
