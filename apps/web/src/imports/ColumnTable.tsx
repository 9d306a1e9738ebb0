import { Table, Text } from '@mantine/core'
import type { ImportPreview, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Select } from '../ui/Select.tsx'
import { columnChoices } from './columnNames.ts'
import classes from './ImportWizard.module.css'
import type { ImportDraft } from './importDraft.ts'

interface ColumnTableProps {
  object: ObjectMeta
  preview: ImportPreview
  draft: ImportDraft
  onMap: (column: number, field: string | null) => void
}

/** From this confidence on a suggestion needs no second look. */
const sure = 0.8

/** Each column of the file with a few of its values, and the field it fills. */
export function ColumnTable({ object, preview, draft, onMap }: ColumnTableProps) {
  const { t } = useTranslation('imports')
  const choices = columnChoices(object, t)
  return (
    <div className={classes.tableFrame}>
      <Table className={classes.columns} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('match.column')}</Table.Th>
            <Table.Th className={classes.samples}>{t('match.samples')}</Table.Th>
            <Table.Th>{t('match.field')}</Table.Th>
            <Table.Th>{t('match.certainty')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.columns.map((column) => {
            const mapped = draft.mapping[column.index] ?? null
            return (
              <Table.Tr key={column.index} data-left-out={mapped === null || undefined}>
                <Table.Th scope="row" className={classes.columnName}>
                  {column.name || t('match.unnamed', { number: column.index + 1 })}
                </Table.Th>
                <Table.Td className={classes.samples}>
                  <Text size="xs" c="dimmed" lineClamp={2}>
                    {column.samples.filter(Boolean).slice(0, 3).join(' · ') || t('match.noSamples')}
                  </Text>
                  {mapped !== null && column.dateOrder && (
                    <Text size="xs">{t(`match.dates.${column.dateOrder.order}`)}</Text>
                  )}
                  {mapped !== null && column.numbers && (
                    <Text size="xs" className={classes.certainty} data-sure={!column.numbers.open || undefined}>
                      {t(`match.numbers.${numbersRead(column.numbers)}`)}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td className={classes.fieldChoice}>
                  <Select
                    size="xs"
                    aria-label={t('match.fieldFor', { column: column.name })}
                    data={choices}
                    value={mapped}
                    searchable
                    clearable
                    clearButtonProps={{ 'aria-label': t('match.leaveOut') }}
                    placeholder={t('match.leaveOut')}
                    nothingFoundMessage={t('match.noField')}
                    onChange={(field) => onMap(column.index, field)}
                  />
                </Table.Td>
                <Table.Td>
                  <Certainty column={column} mapped={mapped} />
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </div>
  )
}

type NumbersRead = NonNullable<ImportPreview['columns'][number]['numbers']>

function numbersRead({ decimalMark, open, thousands }: NumbersRead) {
  if (thousands) return 'thousands'
  if (open) return decimalMark === '.' ? 'openPoint' : 'openComma'
  return decimalMark === '.' ? 'point' : 'comma'
}

function Certainty({ column, mapped }: { column: ImportPreview['columns'][number]; mapped: string | null }) {
  const { t } = useTranslation('imports')
  if (mapped === null) return null
  if (mapped !== column.field) {
    return (
      <Text size="xs" c="dimmed">
        {t('reason.chosen')}
      </Text>
    )
  }
  const words = t(`reason.${column.reason ?? 'name'}`)
  return (
    <span className={classes.certainty} data-sure={column.confidence >= sure || undefined}>
      {column.confidence >= sure ? words : `${words}: ${t('reason.check')}`}
    </span>
  )
}
