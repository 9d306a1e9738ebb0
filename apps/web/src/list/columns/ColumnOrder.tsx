import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { Button, Checkbox, ScrollArea, TextInput } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { IconGripVertical } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PathSelect } from '../filters/PathSelect.tsx'
import { useWays } from '../filters/ways.ts'
import classes from './ColumnChooser.module.css'
import type { ColumnControls } from './useColumns.ts'

export interface ColumnChooserProps {
  object: ObjectMeta
  controls: ColumnControls
}

/** The columns that are shown, put in order, and those that could be. */
export function ColumnOrder({ object, controls }: ColumnChooserProps) {
  const { t } = useTranslation('list')
  const [search, setSearch] = useState('')
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const matches = ({ label }: FieldMeta) => label.toLocaleLowerCase().includes(search.toLocaleLowerCase())
  const { fields, keys } = controls
  const shown = keys.flatMap((key) => fields.find((field) => field.key === key) ?? [])
  const hidden = fields.filter(({ key }) => !keys.includes(key))

  function onDragEnd({ active, over }: DragEndEvent): void {
    if (!over || active.id === over.id) return
    controls.setKeys(arrayMove(keys, keys.indexOf(String(active.id)), keys.indexOf(String(over.id))))
  }

  return (
    <>
      <TextInput
        size="xs"
        placeholder={t('columns.search')}
        aria-label={t('columns.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ScrollArea.Autosize mah={380} mt={8}>
        <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd}>
          <SortableContext items={keys} strategy={verticalListSortingStrategy}>
            {shown.filter(matches).map((field) => (
              <ShownColumn
                key={field.key}
                field={field}
                isFixed={field.key === object.roles.title}
                onHide={() => controls.setKeys(keys.filter((key) => key !== field.key))}
              />
            ))}
          </SortableContext>
        </DndContext>
        {hidden.filter(matches).map((field) => (
          <div key={field.key} className={classes.row}>
            <span className={classes.grip} />
            <Checkbox
              size="xs"
              checked={false}
              label={field.label}
              onChange={() => controls.setKeys([...keys, field.key])}
            />
          </div>
        ))}
      </ScrollArea.Autosize>
      <FurtherColumn object={object} onAdd={(path) => !keys.includes(path) && controls.setKeys([...keys, path])} />
      <Button variant="subtle" color="gray" mt={8} disabled={!controls.isChanged} onClick={controls.reset}>
        {t('columns.reset')}
      </Button>
    </>
  )
}

/** Over how many relations a column may look. */
const farthest = 5

/** A column of what records are linked to, chosen relation by relation. */
function FurtherColumn({ object, onAdd }: { object: ObjectMeta; onAdd: (path: string) => void }) {
  const { t } = useTranslation('list')
  const [path, setPath] = useState('')
  const [way] = useWays(object, [], [path])
  const ways = { object, hops: farthest, toOne: true }
  if (!object.relations.some(({ many }) => !many) || !way) return null
  return (
    <fieldset className={classes.further}>
      <legend>{t('columns.further')}</legend>
      <PathSelect
        fields={[]}
        way={way}
        path={path}
        ways={ways}
        label={t('columns.over')}
        allows={({ type }) => type !== 'relation'}
        onChoose={(next) => {
          if (next.endsWith('.')) return setPath(next)
          onAdd(next)
          setPath('')
        }}
      />
    </fieldset>
  )
}

function ShownColumn({ field, isFixed, onHide }: { field: FieldMeta; isFixed: boolean; onHide: () => void }) {
  const { t } = useTranslation('list')
  const { attributes, listeners, setNodeRef, transform, transition } = useSortable({ id: field.key, disabled: isFixed })
  const style = { transform: transform ? `translateY(${transform.y}px)` : undefined, transition }
  return (
    <div ref={setNodeRef} style={style} className={classes.row}>
      {isFixed ? (
        <span className={classes.grip} />
      ) : (
        <button
          type="button"
          className={classes.grip}
          aria-label={t('columns.move', { label: field.label })}
          {...attributes}
          {...listeners}
        >
          <IconGripVertical size={14} />
        </button>
      )}
      <Checkbox size="xs" checked disabled={isFixed} label={field.label} onChange={onHide} />
    </div>
  )
}
