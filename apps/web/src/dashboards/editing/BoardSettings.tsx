import { Button, Group, Radio, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { Dashboard, DashboardVisibility } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoles } from '../../access/rights.ts'
import { client, errorText } from '../../api/client.ts'
import { useMayAdmin } from '../../api/workspace.ts'
import { Modal } from '../../ui/Modal.tsx'
import { MultiSelect } from '../../ui/Select.tsx'
import type { BoardView } from '../boardAddress.ts'
import { useBoardChange } from '../dashboards.ts'

interface BoardSettingsProps {
  board: Dashboard
  /** The range and filters that are shown now. */
  view: BoardView
  onClose: () => void
}

/** What the board is called, who sees it, for whom it opens first, and which days it begins with. */
export function BoardSettings({ board, view, onClose }: BoardSettingsProps) {
  const { t } = useTranslation('dashboards')
  const mayShare = useMayAdmin('views')
  const { data: roles = [] } = useRoles(mayShare)
  const [label, setLabel] = useState(board.label)
  const [visibility, setVisibility] = useState(board.visibility)
  const [shownTo, setShownTo] = useState(board.roles)
  const [defaultFor, setDefaultFor] = useState(board.defaultFor)
  const [keepsView, setKeepsView] = useState(false)
  const save = useBoardChange(() => {
    const shared = visibility === 'private' ? {} : { defaultFor, ...(visibility === 'roles' && { roles: shownTo }) }
    const change = { label: label.trim(), ...(mayShare && { visibility, ...shared }), ...(keepsView && view) }
    return client.dashboards.update(board.id, change, board.version)
  })
  const choices = roles.map(({ key, label: name }) => ({ value: key, label: name }))
  const isComplete = label.trim() !== '' && (visibility !== 'roles' || shownTo.length > 0)
  return (
    <Modal opened onClose={onClose} title={t('settings.title')} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(undefined, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('settings.name')}
            data-autofocus
            maxLength={80}
            value={label}
            onChange={({ currentTarget }) => setLabel(currentTarget.value)}
          />
          {mayShare && (
            <Radio.Group
              label={t('settings.whoSees')}
              value={visibility}
              onChange={(next) => setVisibility(next as DashboardVisibility)}
            >
              <Stack gap={6} mt={6}>
                <Radio value="private" label={t('private')} />
                <Radio value="everyone" label={t('settings.everyone')} />
                <Radio value="roles" label={t('settings.someRoles')} />
              </Stack>
            </Radio.Group>
          )}
          {mayShare && visibility === 'roles' && (
            <MultiSelect label={t('settings.roles')} data={choices} value={shownTo} onChange={setShownTo} searchable />
          )}
          {mayShare && visibility !== 'private' && (
            <MultiSelect
              label={t('settings.defaultFor')}
              description={t('settings.defaultForText')}
              data={choices}
              value={defaultFor}
              onChange={setDefaultFor}
              searchable
            />
          )}
          <Switch
            label={t('settings.keepsView')}
            description={t('settings.keepsViewText')}
            checked={keepsView}
            onChange={({ currentTarget }) => setKeepsView(currentTarget.checked)}
          />
          {save.error && (
            <Text c="var(--mantine-color-error)" size="sm" role="alert">
              {errorText(save.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isComplete}>
              {t('editor.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
