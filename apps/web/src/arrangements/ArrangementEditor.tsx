import { ActionIcon, Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoles } from '../access/rights.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { readersFirst } from '../settings/LabelInputs.tsx'
import { anyLabel } from '../settings/naming.ts'
import { SortableList } from '../settings/SortableList.tsx'
import classes from './arrangements.module.css'
import { type HeadingParts, type HeadingRow, type ItemRow, moved, newHeading, type Row } from './rows.ts'

interface ArrangementEditorProps {
  rows: Row[]
  onChange: (rows: Row[]) => void
  nameOf: (item: ItemRow) => string
  /** What stands before an item's name and behind it. */
  itemIcon: (item: ItemRow) => ReactNode
  itemSwitch?: (item: ItemRow) => ReactNode
  isHidden?: (item: ItemRow) => boolean
  /** What a heading has beside its name. */
  headingParts: (heading: HeadingRow, change: (parts: HeadingParts) => void) => ReactNode
}

/** Headings and what stands under them as one list: dragged, or moved with the keys on its handles. */
export function ArrangementEditor(props: ArrangementEditorProps) {
  const { t, i18n } = useTranslation('arrangements')
  const { rows, onChange, nameOf } = props
  const change = (id: string, part: Partial<HeadingRow>) =>
    onChange(rows.map((row) => (row.id === id && row.kind === 'heading' ? { ...row, ...part } : row)))
  const labelOf = (row: Row) => (row.kind === 'item' ? nameOf(row) : anyLabel(row.labels) || t('heading.new'))
  return (
    <div>
      <SortableList
        items={rows}
        idOf={({ id }) => id}
        labelOf={labelOf}
        onMove={(next, id) => onChange(moved(rows, next, id))}
      >
        {(row) =>
          row.kind === 'item' ? (
            <div className={classes.item}>
              {props.itemIcon(row)}
              <span className={classes.name} data-hidden={props.isHidden?.(row) || undefined}>
                {nameOf(row)}
              </span>
              {props.itemSwitch?.(row)}
            </div>
          ) : (
            <div className={classes.heading}>
              {readersFirst(i18n.language).map(({ code, name }) => (
                <TextInput
                  key={code}
                  size="xs"
                  flex={1}
                  miw={96}
                  placeholder={name}
                  aria-label={t('heading.name', { language: name, heading: labelOf(row) })}
                  value={row.labels[code] ?? ''}
                  onChange={(event) => change(row.id, { labels: { ...row.labels, [code]: event.currentTarget.value } })}
                />
              ))}
              {props.headingParts(row, (parts) => change(row.id, parts))}
              <ActionIcon
                size="sm"
                aria-label={t('heading.remove', { heading: labelOf(row) })}
                onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
          )
        }
      </SortableList>
      <Button
        variant="subtle"
        mt={4}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...rows, newHeading(rows)])}
      >
        {t('heading.add')}
      </Button>
    </div>
  )
}

interface ArrangementFrameProps {
  /** Roles that have an arrangement of their own. */
  own: { role: string; label: string }[]
  role: string | null
  onRole: (role: string | null) => void
  custom: boolean
  changed: boolean
  saving: boolean
  onSave: () => void
  onDiscard: () => void
  onReset: () => void
  children: ReactNode
}

/** For whom it is arranged, and saving it. */
export function ArrangementFrame(props: ArrangementFrameProps) {
  const { t } = useTranslation('arrangements')
  const mayAskRoles = [useMayAdmin('roles'), useMayAdmin('users')].includes(true)
  const { data: roles = [] } = useRoles(mayAskRoles)
  const { own, role, changed, saving } = props
  const known = new Map([
    ...own.map((one) => [one.role, one.label] as const),
    ...roles.map((one) => [one.key, one.label] as const),
  ])
  const hasOwn = (key: string) => own.some((one) => one.role === key)
  const choices = [...known].map(([key, label]) => ({
    value: key,
    label: hasOwn(key) ? t('role.own', { label }) : label,
  }))
  return (
    <Stack gap="md">
      {choices.length > 0 && (
        <Select
          label={t('role.label')}
          description={t(role && !hasOwn(role) ? 'role.asEverybody' : 'role.hint')}
          maw={320}
          allowDeselect={false}
          disabled={changed}
          value={role ?? ''}
          data={[{ value: '', label: t('role.everybody') }, ...choices]}
          onChange={(next) => props.onRole(next || null)}
        />
      )}
      {props.children}
      <Group className={classes.buttons}>
        <Button onClick={props.onSave} disabled={!changed} loading={saving}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={props.onDiscard} disabled={!changed || saving}>
          {t('discard')}
        </Button>
        {props.custom && (
          <Button variant="subtle" onClick={props.onReset} disabled={saving}>
            {t(role ? 'resetRole' : 'reset')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
