import { Switch } from '@mantine/core'
import type { FieldMeta, Filter, ObjectMeta } from '@oneforge/client'
import { useState } from 'react'
import { FilterBuilder } from '../list/filters/FilterBuilder.tsx'
import { type Group, startingGroup, toFilter } from '../list/filters/filterTree.ts'
import { relationsOf, type Ways } from '../list/filters/ways.ts'
import { useListFields } from '../list/useListFields.ts'
import classes from './modelling.module.css'

interface FilterSwitchProps {
  label: string
  description?: string
  object: ObjectMeta
  /** Over how many relations a condition may look. */
  hops: number
  /** Only over relations that are fields of the object. */
  ownOnly?: boolean
  /** Fields that no condition here may ask for. */
  without?: string
  filter: Filter | null
  onChange: (filter: Filter | null) => void
}

/** «Only while …»: off there is no condition, on the builder says it in words. */
export function FilterSwitch(props: FilterSwitchProps) {
  const { label, description, filter, onChange } = props
  const [isOn, setIsOn] = useState(filter !== null)
  return (
    <div>
      <Switch
        label={label}
        description={description}
        checked={isOn}
        onChange={(event) => {
          setIsOn(event.currentTarget.checked)
          if (!event.currentTarget.checked) onChange(null)
        }}
      />
      {isOn && <FilterBox {...props} label={label} />}
    </div>
  )
}

/** The builder in a frame of its own; unfinished conditions stay here, what is finished is handed on. */
export function FilterBox({
  label,
  object,
  hops,
  ownOnly = false,
  without,
  filter,
  onChange,
}: Omit<FilterSwitchProps, 'description'>) {
  const ways: Ways = { object, hops, ownOnly }
  const fields = useListFields(object).filter((field) => field.key !== without && isAskable(field))
  const [group, setGroup] = useState(() => startingGroup(filter, fields, relationsOf(ways)))
  const change = (next: Group) => {
    setGroup(next)
    onChange(toFilter(next))
  }
  return (
    <fieldset className={classes.filter} aria-label={label}>
      <FilterBuilder fields={fields} ways={ways} group={group} onChange={change} />
    </fieldset>
  )
}

/** When a record was last saved changes with each save, so nothing may hang on it. */
function isAskable(field: FieldMeta): boolean {
  return field.key !== 'updatedAt'
}
