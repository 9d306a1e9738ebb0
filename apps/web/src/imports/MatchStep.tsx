import { Alert, Button, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ImportPreview, ObjectMeta } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import { ColumnTable } from './ColumnTable.tsx'
import classes from './ImportWizard.module.css'
import {
  type ImportDraft,
  importInput,
  mapColumn,
  mappedKeys,
  matchCandidates,
  obstacle,
  recordNumberKey,
  withMode,
} from './importDraft.ts'
import { LocationChoice } from './LocationChoice.tsx'

interface MatchStepProps {
  object: ObjectMeta
  preview: ImportPreview
  draft: ImportDraft
  onDraft: (draft: ImportDraft) => void
  onBack: () => void
  /** Another sheet of the workbook was read, so columns are matched anew. */
  onSheet: (preview: ImportPreview) => void
  onChecked: (preview: ImportPreview) => void
}

/** Which column of the file fills which field, and how rows meet the records that are there. */
export function MatchStep({ object, preview, draft, onDraft, onBack, onSheet, onChecked }: MatchStepProps) {
  const { t } = useTranslation('imports')
  const check = useMutation({
    mutationFn: () => client.imports.check(object.slug, importInput(draft)),
    onSuccess: onChecked,
  })
  const readSheet = useMutation({
    mutationFn: (sheet: string) => client.imports.check(object.slug, { uploadId: draft.uploadId, sheet }),
    onSuccess: onSheet,
  })
  const sheets = preview.format.sheets ?? []
  const error = check.error ?? readSheet.error
  const problem = obstacle(draft, object)
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {describeFile(preview, t)} ·{' '}
        {t('match.matched', { matched: mappedKeys(draft).length, columns: preview.columns.length })}{' '}
        <HelpButton topic="importing" />
      </Text>
      {sheets.length > 1 && (
        <Select
          label={t('match.sheet')}
          maw={280}
          allowDeselect={false}
          data={sheets}
          value={preview.format.sheet ?? null}
          disabled={readSheet.isPending}
          onChange={(sheet) => sheet && readSheet.mutate(sheet)}
        />
      )}
      <ColumnTable
        object={object}
        preview={preview}
        draft={draft}
        onMap={(column, field) => onDraft(mapColumn(draft, column, field))}
      />
      <Recognition object={object} draft={draft} onDraft={onDraft} />
      {problem && (
        <Alert color="yellow" className={classes.warning}>
          {t(`match.problem.${problem.kind}`, { fields: problem.fields.map(({ label }) => label).join(', ') })}
        </Alert>
      )}
      {error && (
        <Alert color="red" role="alert">
          {errorText(error)}
        </Alert>
      )}
      <Group justify="space-between" className={classes.actions}>
        <Button variant="default" size="sm" onClick={onBack}>
          {t('match.otherFile')}
        </Button>
        <Button size="sm" disabled={problem !== null} loading={check.isPending} onClick={() => check.mutate()}>
          {t('match.next')}
        </Button>
      </Group>
    </Stack>
  )
}

function describeFile({ fileName, rowCount, format }: ImportPreview, t: TFunction<'imports'>): string {
  const rows = rowCount === null ? [] : [t('match.rows', { count: rowCount })]
  return [fileName, ...rows, format.sheet].filter(Boolean).join(' · ')
}

const decimalMarks = [
  { value: 'auto', name: 'auto' },
  { value: '.', name: 'point' },
  { value: ',', name: 'comma' },
] as const

function Recognition({ object, draft, onDraft }: Pick<MatchStepProps, 'object' | 'draft' | 'onDraft'>) {
  const { t } = useTranslation('imports')
  const candidates = matchCandidates(draft, object)
  const labelOf = (key: string) =>
    key === recordNumberKey ? t('recordNumber') : (object.fields.find((field) => field.key === key)?.label ?? key)
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }} spacing="md">
      <Select
        label={t('mode.label')}
        allowDeselect={false}
        value={draft.mode}
        data={(['create', 'update', 'upsert'] as const).map((value) => ({ value, label: t(`mode.${value}`) }))}
        onChange={(mode) => mode && onDraft(withMode(draft, mode as ImportDraft['mode'], candidates))}
      />
      {draft.mode !== 'create' && (
        <Select
          label={t('matchOn.label')}
          allowDeselect={false}
          placeholder={t('matchOn.none')}
          value={draft.matchOn}
          data={candidates.map((value) => ({ value, label: labelOf(value) }))}
          onChange={(matchOn) => onDraft({ ...draft, matchOn })}
        />
      )}
      <Select
        label={t('dateOrder.label')}
        allowDeselect={false}
        value={draft.dateOrder}
        data={(['auto', 'DMY', 'MDY', 'YMD'] as const).map((value) => ({ value, label: t(`dateOrder.${value}`) }))}
        onChange={(order) => order && onDraft({ ...draft, dateOrder: order as ImportDraft['dateOrder'] })}
      />
      <Select
        label={t('decimalMark.label')}
        allowDeselect={false}
        value={draft.decimalMark}
        data={decimalMarks.map(({ value, name }) => ({ value, label: t(`decimalMark.${name}`) }))}
        onChange={(mark) => mark && onDraft({ ...draft, decimalMark: mark as ImportDraft['decimalMark'] })}
      />
      {draft.locationId !== undefined && draft.mode !== 'update' && <LocationChoice draft={draft} onDraft={onDraft} />}
    </SimpleGrid>
  )
}
