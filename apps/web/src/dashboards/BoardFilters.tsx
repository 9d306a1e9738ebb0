import { Select, Stack } from '@mantine/core'
import type { BoardFilter, FieldMeta, Filter, ObjectMeta } from '@oneforge/client'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { plainField } from '../fields/plainField.ts'
import { FilterEditor } from '../list/filters/FilterEditor.tsx'
import { useListFields } from '../list/useListFields.ts'

interface BoardFiltersProps {
  filters: BoardFilter[]
  /** Those that the widgets show. */
  objects: ObjectMeta[]
  onChange: (filters: BoardFilter[]) => void
  onClose: () => void
}

const everything = ''

/** Narrows all widgets by what every record has, or those of one object by its fields. */
export function BoardFilters({ filters, objects, onChange, onClose }: BoardFiltersProps) {
  const { t } = useTranslation('dashboards')
  const [chosen, setChosen] = useState(filters[0]?.object ?? (objects.length === 1 ? objects[0]!.slug : everything))
  const object = objects.find(({ slug }) => slug === chosen)
  const current = filters.find((one) => (one.object ?? everything) === chosen)?.filter ?? null

  function change(filter: Filter | null): void {
    const others = filters.filter((one) => (one.object ?? everything) !== chosen)
    onChange(filter ? [...others, { ...(chosen && { object: chosen }), filter }] : others)
  }

  const editor = { filter: current, onChange: change, onClose }
  return (
    <Stack gap="sm">
      <Select
        size="xs"
        maw={280}
        aria-label={t('filters.of')}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        value={chosen}
        onChange={(slug) => setChosen(slug ?? everything)}
        data={[
          { value: everything, label: t('filters.all') },
          ...objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural })),
        ]}
      />
      {object ? <OfObject key={chosen} object={object} {...editor} /> : <OfAll key={everything} {...editor} />}
    </Stack>
  )
}

interface EditorProps {
  filter: Filter | null
  onChange: (filter: Filter | null) => void
  onClose: () => void
}

function OfObject({ object, ...editor }: EditorProps & { object: ObjectMeta }) {
  const fields = useListFields(object)
  return <FilterEditor fields={fields} ways={{ object, hops: 1 }} {...editor} />
}

/** By whom records belong to and when they were made or changed: that is said of all of them. */
function OfAll(editor: EditorProps) {
  const { t } = useTranslation('list')
  const fields = useMemo<FieldMeta[]>(
    () =>
      (['ownerId', 'createdAt', 'updatedAt'] as const).map((key) =>
        plainField(key, key === 'ownerId' ? 'user' : 'datetime', t(`attribute.${key}`), { access: 'read' }),
      ),
    [t],
  )
  return <FilterEditor fields={fields} ways={undefined} {...editor} />
}
