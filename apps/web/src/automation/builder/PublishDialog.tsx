import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { WorkflowDetail } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Modal } from '../../ui/Modal.tsx'
import { showError, showToast } from '../../ui/toast.tsx'
import type { FlowWords } from '../canvas/useFlowWords.tsx'
import { differenceOf } from '../flow/difference.ts'
import { DifferenceList } from './DifferenceList.tsx'
import { ProblemList } from './ProblemList.tsx'
import type { Draft } from './useDraft.ts'

interface PublishDialogProps {
  workflow: WorkflowDetail
  draft: Draft
  words: FlowWords
  onClose: () => void
  /** Leads to the card of a problem. */
  onProblem: (mark: string) => void
}

/** What changes with it is told before it runs that way; what is wrong keeps it from running. */
export function PublishDialog({ workflow, draft, words, onClose, onProblem }: PublishDialogProps) {
  const { t } = useTranslation('automation')
  const publish = useMutation({
    mutationFn: draft.publish,
    onSuccess: (published) => {
      if (published) showToast({ message: t('publish.done', { version: published.version }) })
      onClose()
    },
    onError: showError,
  })
  const { problems } = draft
  return (
    <Modal opened onClose={onClose} title={t('publish.title')} size="lg">
      <Stack gap="md">
        {problems.length > 0 && (
          <Alert color="red" title={t('publish.problems', { count: problems.length })}>
            <ProblemList
              problems={problems}
              steps={draft.flow.steps}
              words={words}
              onProblem={(mark) => {
                onProblem(mark)
                onClose()
              }}
            />
          </Alert>
        )}
        {workflow.published ? (
          <DifferenceList difference={differenceOf(workflow.definition, draft.flow)} />
        ) : (
          <Text size="sm">{t('publish.first')}</Text>
        )}
        <Text size="xs" c="dimmed">
          {t('publish.running')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('act.cancel')}
          </Button>
          <Button disabled={problems.length > 0} loading={publish.isPending} onClick={() => publish.mutate()}>
            {t('act.publish')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
