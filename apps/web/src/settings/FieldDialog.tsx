import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { useTellWithUndo } from '../versions/versions.ts'
import { ConvertDrawer } from './ConvertDrawer.tsx'
import { FieldDrawer } from './FieldDrawer.tsx'
import type { FieldAction } from './FieldRow.tsx'
import { useRenameField, useRetireField } from './metadataChanges.ts'
import { RemovalDialog } from './RemovalDialog.tsx'
import { RenameDialog } from './RenameDialog.tsx'

interface FieldDialogProps {
  object: ObjectMeta
  field: FieldMeta
  action: FieldAction
  /** A job has begun to give the field its other type. */
  onConvert: (jobId: string) => void
  onClose: () => void
}

/** What was chosen to be done with a field. */
export function FieldDialog({ action, object, field, onConvert, onClose }: FieldDialogProps) {
  if (action === 'edit') return <FieldDrawer object={object} field={field} onClose={onClose} />
  if (action === 'convert') {
    return <ConvertDrawer object={object} field={field} onStart={onConvert} onClose={onClose} />
  }
  const about = {
    thing: [object.slug, field.key],
    ask: () => client.objects.fieldDependents(object.slug, field.key),
    object,
    field,
    onClose,
  }
  return action === 'rename' ? <RenameField {...about} /> : <RetireField {...about} />
}

interface AboutField extends Pick<FieldDialogProps, 'object' | 'field' | 'onClose'> {
  thing: string[]
  ask: () => ReturnType<typeof client.objects.fieldDependents>
}

function RenameField({ object, field, thing, ask, onClose }: AboutField) {
  const { t } = useTranslation('reshaping')
  const rename = useRenameField(object.slug)
  const tell = useTellWithUndo()
  return (
    <RenameDialog
      kind="field"
      label={field.label}
      name={field.key}
      thing={thing}
      ask={ask}
      onRename={async (name) => {
        await rename.mutateAsync({ key: field.key, name })
        await tell(t('rename.field.done', { label: field.label, name }))
      }}
      onClose={onClose}
    />
  )
}

function RetireField({ object, field, thing, ask, onClose }: AboutField) {
  const { t } = useTranslation('settings')
  const retire = useRetireField(object.slug)
  const tell = useTellWithUndo()
  return (
    <RemovalDialog
      kind="field"
      name={field.label}
      thing={thing}
      ask={ask}
      onRemove={async (force) => {
        await retire.mutateAsync({ key: field.key, force })
        await tell(t('field.retired', { field: field.label }))
      }}
      onClose={onClose}
    />
  )
}
