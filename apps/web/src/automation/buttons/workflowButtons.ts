/**
 * Workflows that people start themselves.
 * - useWorkflowButtons(object): those that the person may press on its records.
 * - usePress(object): starts one for records, asks first where it says so, and tells what became of it.
 */
import type { WorkflowButton } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { showError, showToast } from '../../ui/toast.tsx'
import { workflowKeys } from '../queries.ts'

export function useWorkflowButtons(object: string) {
  return useQuery({
    queryKey: [...workflowKeys.all, 'buttons', object],
    queryFn: () => client.workflows.buttons(object),
    staleTime: 5 * 60_000,
  })
}

export interface Pressed {
  button: WorkflowButton
  recordIds: string[]
}

export function usePress(object: string) {
  const { t } = useTranslation('record')
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ button, recordIds }: Pressed) => client.workflows.press(button.id, recordIds),
    onSuccess: ({ started, refused }) => {
      if (started > 0) showToast({ message: t('workflow.started', { count: started }) })
      if (refused.length > 0) showError(new Error([...new Set(refused.map(({ message }) => message))].join('\n')))
      void cache.invalidateQueries({ queryKey: keys.records(object) })
    },
    onError: showError,
  })
}
