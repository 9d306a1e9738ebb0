import { Button, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { WorkflowButton } from '@oneforge/client'
import { IconBolt } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ObjectIcon } from '../../ui/ObjectIcon.tsx'
import { usePress, useWorkflowButtons } from './workflowButtons.ts'

interface PressButtonsProps {
  object: string
  recordIds: string[]
  variant: 'default' | 'subtle'
}

/** The buttons of the object's workflows, for a record or for those that are selected. */
export function PressButtons({ object, recordIds, variant }: PressButtonsProps) {
  const { t } = useTranslation('record')
  const { data: buttons = [] } = useWorkflowButtons(object)
  const press = usePress(object)

  function act(button: WorkflowButton): void {
    const start = () => press.mutate({ button, recordIds })
    if (!button.confirm) start()
    else
      openConfirmModal({
        title: button.label,
        children: <Text size="sm">{button.confirm}</Text>,
        labels: { confirm: button.label, cancel: t('workflow.cancel') },
        onConfirm: start,
      })
  }

  return buttons.map((button) => (
    <Button
      key={button.id}
      variant={variant}
      leftSection={button.icon ? <ObjectIcon name={button.icon} size={15} /> : <IconBolt size={15} aria-hidden />}
      loading={press.isPending && press.variables.button.id === button.id}
      onClick={() => act(button)}
    >
      {button.label}
    </Button>
  ))
}
