import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { ApiError, type ObjectMeta, type View, type ViewInput } from '@oneforge/client'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/client.ts'
import { useSaveView, useUpdateView } from '../../api/objects.ts'
import { useMayAdmin } from '../../api/workspace.ts'
import { Modal } from '../../ui/Modal.tsx'

interface ViewNameDialogProps {
  object: ObjectMeta
  /** The view to rename; without one a new view is saved. */
  renamed: View | undefined
  /** The name that a new view begins with. */
  proposal: string
  contents: Omit<ViewInput, 'label'>
  onSaved: (view: View) => void
  onClose: () => void
}

/** Names a view and, of a new one, says who sees it. */
export function ViewNameDialog({ object, renamed, proposal, contents, onSaved, onClose }: ViewNameDialogProps) {
  const { t } = useTranslation('list')
  const [label, setLabel] = useState(renamed?.label ?? proposal)
  const [visibility, setVisibility] = useState<View['visibility']>('private')
  const create = useSaveView(object.slug)
  const update = useUpdateView(object.slug)
  const mayShare = useMayAdmin('views')
  const { error, isPending } = renamed ? update : create

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!label.trim()) return
    const name = label.trim()
    if (renamed) update.mutate({ id: renamed.id, version: renamed.version, label: name }, { onSuccess: onSaved })
    else create.mutate({ ...contents, label: name, visibility }, { onSuccess: onSaved })
  }

  const refusal = error instanceof ApiError ? (error.byField().label ?? errorText(error)) : error && errorText(error)
  return (
    <Modal opened onClose={onClose} title={t(renamed ? 'view.rename' : 'view.saveAs')} size="sm">
      <Stack component="form" onSubmit={submit} gap="md">
        <TextInput
          label={t('view.name')}
          placeholder={t('view.namePlaceholder')}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          error={refusal}
          data-autofocus
        />
        {mayShare && !renamed && (
          <SegmentedControl
            size="xs"
            data={[
              { value: 'private', label: t('view.private') },
              { value: 'everyone', label: t('view.everyone') },
            ]}
            value={visibility}
            onChange={(next) => setVisibility(next as View['visibility'])}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isPending} disabled={!label.trim()}>
            {t('view.submit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
