import { Alert, Button, Checkbox, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { ApiError } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldEditor } from '../fields/FieldEditor.tsx'
import { isEmptyValue } from '../fields/format.ts'
import { Modal } from '../ui/Modal.tsx'
import type { StageQuestion } from './stageQuestion.ts'

interface MoveDialogProps {
  question: StageQuestion
  onMove: (changes: Record<string, unknown>) => Promise<void>
  onClose: () => void
}

/** Asks for what a stage wants to know before a record enters it, and for what is still to be done before it leaves. */
export function MoveDialog({ question, onMove, onClose }: MoveDialogProps) {
  const { t } = useTranslation('pipelines')
  const { pipeline, to, fields, items } = question
  const [values, setValues] = useState<Record<string, unknown>>({})
  const [done, setDone] = useState<string[]>([])
  const [reason, setReason] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [problems, setProblems] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const isComplete =
    fields.every(({ key }) => !isEmptyValue(values[key])) &&
    items.every(({ key }) => done.includes(key)) &&
    (!to.reasons?.required || reason !== null)

  async function submit(): Promise<void> {
    setBusy(true)
    const said = { done, ...(reason ? { reason } : {}), ...(note.trim() ? { note: note.trim() } : {}) }
    try {
      await onMove({ ...values, stageMoves: { [pipeline.key]: said } })
    } catch (error) {
      const details = error instanceof ApiError ? error.details : []
      setProblems(Object.fromEntries(details.map(({ field, message }) => [field, message])))
    } finally {
      setBusy(false)
    }
  }

  const unplaced = Object.entries(problems).filter(([field]) => !fields.some(({ key }) => key === field))
  return (
    <Modal opened onClose={onClose} title={t('move.title', { stage: to.label })} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="md">
          {items.length > 0 && (
            <Stack gap={6} role="group" aria-label={t('move.checklist')}>
              <Text size="sm" fw={600}>
                {t('move.checklist')}
              </Text>
              {items.map((item, index) => (
                <Checkbox
                  key={item.key}
                  label={item.label}
                  checked={done.includes(item.key)}
                  data-autofocus={index === 0 || undefined}
                  onChange={({ currentTarget: { checked } }) =>
                    setDone(checked ? [...done, item.key] : done.filter((key) => key !== item.key))
                  }
                />
              ))}
            </Stack>
          )}
          {fields.map((field) => (
            <FieldEditor
              key={field.key}
              field={{ ...field, required: true }}
              variant="form"
              value={values[field.key] ?? null}
              error={problems[field.key]}
              onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
            />
          ))}
          {to.reasons && (
            <Select
              label={t('move.reason')}
              withAsterisk={to.reasons.required}
              clearable={!to.reasons.required}
              data={to.reasons.options.map(({ value, label }) => ({ value, label }))}
              value={reason}
              onChange={setReason}
            />
          )}
          {to.reasons && (
            <Textarea
              label={t('move.note')}
              autosize
              minRows={2}
              maxLength={2000}
              value={note}
              onChange={({ currentTarget }) => setNote(currentTarget.value)}
            />
          )}
          {unplaced.length > 0 && (
            <Alert color="red" role="alert">
              {unplaced.map(([, message]) => message).join(' ')}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!isComplete}>
              {t('move.confirm', { stage: to.label })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
