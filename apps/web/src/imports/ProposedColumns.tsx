import { Checkbox, Group, Select, Table, Text, TextInput, VisuallyHidden } from '@mantine/core'
import type { FieldType, ObjectProposal } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { typesThatCanBeUnique } from '../settings/fieldTypes.ts'
import classes from './ImportWizard.module.css'
import { type ColumnDraft, misfits, type ObjectDraft, type ProposedColumn, typeChoices } from './objectDraft.ts'

interface ProposedColumnsProps {
  proposal: ObjectProposal
  draft: ObjectDraft
  onColumn: (at: number, change: Partial<ColumnDraft>) => void
}

/** Each column of the file with a few of its values, and the field that it becomes. */
export function ProposedColumns({ proposal, draft, onColumn }: ProposedColumnsProps) {
  const { t } = useTranslation('imports')
  return (
    <div className={classes.tableFrame}>
      <Table className={classes.columns} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <VisuallyHidden>{t('asObject.take')}</VisuallyHidden>
            </Table.Th>
            <Table.Th>{t('match.column')}</Table.Th>
            <Table.Th className={classes.proposedSamples}>{t('match.samples')}</Table.Th>
            <Table.Th>{t('asObject.fieldName')}</Table.Th>
            <Table.Th>{t('asObject.type')}</Table.Th>
            <Table.Th>{t('asObject.checks')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {proposal.columns.map((column, at) => (
            <ColumnRow
              key={column.index}
              column={column}
              draft={draft.columns[at]!}
              rowCount={proposal.rowCount}
              onChange={(change) => onColumn(at, change)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

interface ColumnRowProps {
  column: ProposedColumn
  draft: ColumnDraft
  rowCount: number | null
  onChange: (change: Partial<ColumnDraft>) => void
}

function ColumnRow({ column, draft, rowCount, onChange }: ColumnRowProps) {
  const { t } = useTranslation('imports')
  const name = column.name || t('match.unnamed', { number: column.index + 1 })
  return (
    <Table.Tr data-left-out={draft.skipped || undefined}>
      <Table.Td className={classes.take}>
        <Checkbox
          size="xs"
          aria-label={t('asObject.takeColumn', { column: name })}
          checked={!draft.skipped}
          onChange={(event) => onChange({ skipped: !event.currentTarget.checked })}
        />
      </Table.Td>
      <Table.Th scope="row" className={classes.columnName}>
        {name}
      </Table.Th>
      <Table.Td className={classes.proposedSamples}>
        <Text size="xs" c="dimmed" lineClamp={2}>
          {column.samples.filter(Boolean).slice(0, 4).join(' · ') || t('match.noSamples')}
        </Text>
        {!draft.skipped && <Misfits column={column} draft={draft} rowCount={rowCount} />}
      </Table.Td>
      {draft.skipped ? (
        <Table.Td colSpan={3}>
          <Text size="xs" c="dimmed">
            {t('match.leaveOut')}
          </Text>
        </Table.Td>
      ) : (
        <FieldCells name={name} column={column} draft={draft} onChange={onChange} />
      )}
    </Table.Tr>
  )
}

function FieldCells({ name, column, draft, onChange }: Omit<ColumnRowProps, 'rowCount'> & { name: string }) {
  const { t } = useTranslation(['imports', 'settings'])
  const types = typeChoices(column).map(({ type, unreadable }) => ({
    value: type,
    label: [t(`settings:type.${type}.name`), unreadable > 0 && t('asObject.doNotFit', { count: unreadable })]
      .filter(Boolean)
      .join(' – '),
  }))
  return (
    <>
      <Table.Td className={classes.fieldName}>
        <TextInput
          size="xs"
          aria-label={t('asObject.nameFor', { column: name })}
          value={draft.label}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
        />
      </Table.Td>
      <Table.Td className={classes.fieldType}>
        <Select
          size="xs"
          aria-label={t('asObject.typeFor', { column: name })}
          allowDeselect={false}
          data={types}
          value={draft.type}
          onChange={(type) => type && onChange({ type: type as FieldType })}
        />
      </Table.Td>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <Checkbox
            size="xs"
            label={t('asObject.required')}
            checked={draft.required}
            onChange={(event) => onChange({ required: event.currentTarget.checked })}
          />
          {typesThatCanBeUnique.includes(draft.type) && (
            <Checkbox
              size="xs"
              label={t('asObject.unique')}
              checked={draft.unique}
              onChange={(event) => onChange({ unique: event.currentTarget.checked })}
            />
          )}
        </Group>
      </Table.Td>
    </>
  )
}

/** What would be refused, before anything is. */
function Misfits({ column, draft, rowCount }: Omit<ColumnRowProps, 'onChange'>) {
  const { t } = useTranslation('imports')
  const { unreadable, examples, empty, repeated } = misfits(column, draft, rowCount)
  const lines = [
    unreadable > 0 && t('asObject.misfit.unreadable', { count: unreadable, examples: examples.join(', ') }),
    empty > 0 && t('asObject.misfit.empty', { count: empty }),
    repeated > 0 && t('asObject.misfit.repeated', { count: repeated }),
  ]
  return lines.map(
    (line) =>
      line && (
        <Text key={line} size="xs" className={classes.certainty}>
          {line}
        </Text>
      ),
  )
}
