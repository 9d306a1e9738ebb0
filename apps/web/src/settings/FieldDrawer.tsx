import { Alert, Button, Group, Stack } from '@mantine/core'
import { ApiError, type FieldMeta, type FieldOption, type FieldType, type ObjectMeta } from '@oneforge/client'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReplaceDialog } from '../pipelines/ReplaceDialog.tsx'
import { Drawer } from '../ui/Drawer.tsx'
import { showToast } from '../ui/toast.tsx'
import { differs, useCloseGuard } from '../ui/useCloseGuard.ts'
import { FieldForm } from './FieldForm.tsx'
import { draftOfField, draftProblems, emptyDraft, type FieldDraft, fieldChanges, newFieldInput } from './fieldDraft.ts'
import { TheirsStays } from './meanwhile.tsx'
import { useAddField, useUpdateField } from './metadataChanges.ts'
import { anyLabel } from './naming.ts'
import { optionChoices } from './optionDraft.ts'
import { refusalText } from './refusalText.ts'
import classes from './settings.module.css'
import { TypePicker } from './TypePicker.tsx'

interface FieldDrawerProps {
  object: ObjectMeta
  /** The field to change; null adds a new one. */
  field: FieldMeta | null
  onClose: () => void
}

/** Adds a field (type first, then the rest) or changes one. */
export function FieldDrawer({ object, field, onClose }: FieldDrawerProps) {
  const { t } = useTranslation('settings')
  const [draft, setDraft] = useState<FieldDraft | null>(field ? draftOfField(field, stagesOf(object, field)) : null)
  const [untouched, setUntouched] = useState(draft)
  const close = useCloseGuard(differs(draft, untouched), onClose)
  const choose = (type: FieldType) => {
    setDraft(emptyDraft(type))
    setUntouched(emptyDraft(type))
  }
  const change = (next: FieldDraft | null) => {
    setDraft(next)
    if (!next) setUntouched(null)
  }
  const title = field ? t('field.change', { field: field.label }) : t('field.new', { object: object.label })
  return (
    <Drawer
      classNames={{ title: classes.drawerTitle }}
      opened
      onClose={close}
      position="right"
      size={720}
      title={title}
    >
      {draft ? (
        <FieldDrawerForm object={object} field={field} draft={draft} onDraft={change} onClose={onClose} />
      ) : (
        <TypePicker onChoose={choose} />
      )}
    </Drawer>
  )
}

/** The options of the stage field are the stages of the object's pipeline. */
function stagesOf(object: ObjectMeta, field: FieldMeta) {
  return object.roles.stage === field.key ? object.stages : []
}

interface FieldDrawerFormProps extends FieldDrawerProps {
  draft: FieldDraft
  onDraft: (draft: FieldDraft | null) => void
}

function FieldDrawerForm({ object, field, draft, onDraft, onClose }: FieldDrawerFormProps) {
  const { t } = useTranslation('settings')
  const [opened] = useState(object.version)
  const add = useAddField(object.slug, opened)
  const update = useUpdateField(object.slug, opened)
  const [tried, setTried] = useState(false)
  const [leaving, setLeaving] = useState<FieldOption[]>([])
  const problems = tried ? draftProblems(draft) : []
  const error = add.error ?? update.error

  const save = async (replace?: Record<string, string | null>) => {
    setTried(true)
    if (draftProblems(draft).length > 0) return
    if (field) {
      const changes = fieldChanges(draft, field, stagesOf(object, field))
      await update.mutateAsync({ key: field.key, changes: { ...changes, ...(replace ? { replace } : {}) } })
    } else await add.mutateAsync(newFieldInput(draft, object))
    showToast({ message: t('field.saved', { field: anyLabel(draft.labels) }) })
    onClose()
  }
  /** Options that records hold come back as a question: what do these get? Other reasons are shown in the form. */
  const whenRefused = (reason: unknown) => {
    if (reason instanceof TheirsStays) onClose()
    const asked = reason instanceof ApiError && reason.status === 409 ? reason.details : []
    setLeaving(field?.options.filter(({ value }) => asked.some((one) => one.field === `replace.${value}`)) ?? [])
  }

  const form = useRef<HTMLFormElement>(null)
  // The type may have been chosen far down the list: the form begins at its top, with the name.
  useEffect(() => {
    form.current?.closest('[role="dialog"]')?.scrollTo({ top: 0 })
    form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }, [])

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save().catch(whenRefused)
      }}
    >
      <Stack gap="md">
        <FieldForm object={object} field={field} draft={draft} problems={problems} onDraft={onDraft} />
        {error && (
          <Alert color="red" role="alert">
            {refusalText(error)}
          </Alert>
        )}
        <Group justify="space-between">
          {field ? (
            <span />
          ) : (
            <Button size="sm" variant="default" onClick={() => onDraft(null)}>
              {t('field.otherType')}
            </Button>
          )}
          <Button size="sm" type="submit" loading={add.isPending || update.isPending}>
            {field ? t('save') : t('field.add')}
          </Button>
        </Group>
      </Stack>
      {leaving.length > 0 && (
        <ReplaceDialog
          stages={optionChoices(draft.options)}
          leaving={leaving}
          mayEmpty
          onReplace={save}
          onClose={() => setLeaving([])}
        />
      )}
    </form>
  )
}
