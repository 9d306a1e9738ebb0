import { Button, Group, Stack, Text } from '@mantine/core'
import type { Dashboard, DashboardDifference } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../../api/client.ts'
import { Modal } from '../../ui/Modal.tsx'
import { useTellWithUndo } from '../../versions/versions.ts'
import { useBoardChange } from '../dashboards.ts'
import classes from './Editing.module.css'

interface BoardResetProps {
  board: Dashboard
  difference: DashboardDifference
  onClose: () => void
}

/** Says what was changed of a board that came with a template, and puts it back. */
export function BoardReset({ board, difference, onClose }: BoardResetProps) {
  const { t } = useTranslation('dashboards')
  const tell = useTellWithUndo()
  const reset = useBoardChange(() => client.dashboards.reset(board.id, board.version))
  const putBack = () =>
    reset.mutate(undefined, {
      onSuccess: ({ label }) => {
        void tell(t('reset.done', { board: label }))
        onClose()
      },
    })
  return (
    <Modal opened onClose={onClose} title={t('reset.title', { board: board.label })} size="md">
      <Stack gap="md">
        <Text size="sm">{t('reset.text')}</Text>
        <ul className={classes.differences}>
          {(['changed', 'added', 'removed'] as const).map((change) => {
            const titles = difference.widgets.filter((widget) => widget.change === change).map(({ title }) => title)
            return titles.length > 0 && <li key={change}>{t(`reset.${change}`, { widgets: titles.join(', ') })}</li>
          })}
          {difference.rest && <li>{t('reset.rest')}</li>}
        </ul>
        {reset.error && (
          <Text c="var(--mantine-color-error)" size="sm" role="alert">
            {errorText(reset.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button loading={reset.isPending} onClick={putBack} data-autofocus>
            {t('reset.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
