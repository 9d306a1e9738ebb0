import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { ApiError, type ObjectMeta, type View } from '@oneforge/client'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/client.ts'
import { useSaveView, useUpdateView } from '../../api/objects.ts'
import { useMayAdmin } from '../../api/workspace.ts'

interface ViewNameDialogProps {
  object: ObjectMeta
  /** The view to rename; without one a new view is saved. */
  renamed: View | undefined
  contents: Pick<View, 'type' | 'groupBy' | 'filter' | 'sort' | 'columns'>
  onSaved: (view: View) => void
  onClose: () => void
}

/** Names a view, and says who sees it. */
export function ViewNameDialog({ object, renamed, contents, onSaved, onClose }: ViewNameDialogProps) {
  const { t } = useTranslation('list')
  const [label, setLabel] = useState(renamed?.label ?? '')
  const [visibility, setVisibility] = useState(renamed?.visibility ?? 'private')
  const create = useSaveView(object.slug)
  const update = useUpdateView(object.slug)
  const mayShare = useMayAdmin('views')
  const { error, isPending } = renamed ? update : create

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!label.trim()) return
    const input = { label: label.trim(), visibility }
    if (renamed) update.mutate({ id: renamed.id, ...input }, { onSuccess: onSaved })
    else create.mutate({ ...input, ...contents }, { onSuccess: onSaved })
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
        {mayShare && (
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
