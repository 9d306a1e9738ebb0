import { Table, Tooltip } from '@mantine/core'
import type { ImportPreview, ObjectMeta } from '@oneforge/client'
import { Fragment, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatValue } from '../fields/format.ts'
import { columnName } from './columnNames.ts'
import classes from './ImportWizard.module.css'
import type { ImportDraft } from './importDraft.ts'

interface PreviewTableProps {
  object: ObjectMeta
  preview: ImportPreview
  draft: ImportDraft
  onEdit: (line: number, column: number, value: string) => void
}

/**
 * The first rows as they will be read, the wrong ones before the others, under the fields they fill. A number, an amount
 * or a date stands as it will be stored; a click shows what the file says, and mends it.
 * What is wrong with a row but with none of its cells stands below it.
 */
export function PreviewTable({ object, preview, draft, onEdit }: PreviewTableProps) {
  const { t } = useTranslation('imports')
  const columns = preview.columns.filter(({ index }) => draft.mapping[index])
  const labelOf = (index: number) => {
    const key = draft.mapping[index]
    return key ? columnName(object, key, t) : undefined
  }
  const format = useFormatContext()
  const fieldOf = (index: number) => object.fields.find(({ key }) => key === draft.mapping[index])
  const rawAt = (row: PreviewRow, index: number) => draft.edits[`${row.line}:${index}`] ?? row.values[index] ?? ''
  // What was mended a moment ago has not been read again yet.
  const readAt = (row: PreviewRow, index: number) => {
    const field = fieldOf(index)
    const current = rawAt(row, index) === row.values[index]
    return field && current && field.key in row.read ? formatValue(field, row.read[field.key], format) : undefined
  }
  const elsewhere = ({ errors }: PreviewRow) =>
    errors
      .filter(({ column }) => !columns.some(({ index }) => index === column))
      .map(({ field, message }) => (field ? `${columnName(object, field, t)}: ${message}` : message))
  // What has to be mended is seen without looking for it, and stays where it is once it is mended.
  const [wrongAtFirst] = useState(() => new Set(preview.rows.filter(isWrong).map(({ line }) => line)))
  const rows = preview.rows.toSorted((a, b) => Number(wrongAtFirst.has(b.line)) - Number(wrongAtFirst.has(a.line)))
  return (
    <div className={classes.tableFrame} data-scroll>
      <Table className={classes.preview} stickyHeader verticalSpacing={0} horizontalSpacing={0}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.line}>{t('preview.line')}</Table.Th>
            {columns.map(({ index }) => (
              <Table.Th key={index} className={classes.previewHead}>
                {labelOf(index)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Fragment key={row.line}>
              <Table.Tr data-wrong={isWrong(row) || undefined}>
                <Table.Td className={classes.line}>{row.line}</Table.Td>
                {columns.map(({ index }) => (
                  <Table.Td key={index} className={classes.previewCell}>
                    <PreviewCell
                      name={t('preview.cell', { field: labelOf(index), line: row.line })}
                      value={rawAt(row, index)}
                      read={readAt(row, index)}
                      error={errorAt(row, index)}
                      onEdit={(value) => onEdit(row.line, index, value)}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
              {elsewhere(row).length > 0 && (
                <Table.Tr data-wrong>
                  <Table.Td className={classes.line} />
                  <Table.Td colSpan={columns.length} className={classes.rowError}>
                    {elsewhere(row).join('; ')}
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

type PreviewRow = ImportPreview['rows'][number]

function isWrong({ errors }: PreviewRow): boolean {
  return errors.length > 0
}

function errorAt({ errors }: PreviewRow, index: number): string | undefined {
  const here = errors.filter(({ column }) => column === index)
  return here.length > 0 ? here.map(({ message }) => message).join('; ') : undefined
}

interface PreviewCellProps {
  name: string
  /** What the file says. */
  value: string
  /** The same as it will be stored, where it could be written in several ways. */
  read: string | undefined
  error: string | undefined
  onEdit: (value: string) => void
}

/** Enter or leaving the cell checks the row again, Escape puts back what the file says. */
function PreviewCell({ name, value, read, error, onEdit }: PreviewCellProps) {
  const { t } = useTranslation('imports')
  const [text, setText] = useState<string>()
  const finish = () => {
    if (text !== undefined && text !== value) onEdit(text)
    setText(undefined)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur()
    if (event.key === 'Escape') setText(undefined)
  }
  const hint = error ?? (read === undefined || read === value ? undefined : t('preview.inFile', { text: value }))
  return (
    <Tooltip label={hint} disabled={!hint} events={{ hover: true, focus: true, touch: true }} openDelay={100}>
      <input
        className={classes.cellInput}
        aria-label={error ? `${name}: ${error}` : name}
        aria-invalid={error ? true : undefined}
        value={text ?? read ?? value}
        onFocus={() => setText(value)}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={onKeyDown}
      />
    </Tooltip>
  )
}
