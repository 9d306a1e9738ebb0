import { Button, Group, Loader, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { Lines, Refusal } from '../templates/ShapePlan.tsx'
import { useTrial } from '../templates/templates.ts'
import { Modal } from '../ui/Modal.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { usePublish } from './installation.ts'

const problemsShown = 12

/** A template that is to be published: what it is, whether it is in order, and what is new in it. */
export function PublishDialog({ template, onClose }: { template: unknown; onClose: () => void }) {
  const { t } = useTranslation('installation')
  const [notes, setNotes] = useState('')
  const check = useTrial([template], () => client.templates.check(template))
  const publish = usePublish()
  const known = check.data?.template
  const confirm = () =>
    publish.mutate(
      { template, notes: notes.trim() || null },
      {
        onSuccess() {
          showToast({ message: t('publish.done', { name: known?.name, version: known?.version }) })
          onClose()
        },
        onError: showError,
      },
    )
  return (
    <Modal opened onClose={onClose} title={t('publish.title')} size="lg">
      <Stack gap="md">
        {check.isError && <Refusal error={check.error} />}
        {!check.data && !check.isError && <Loader size="sm" />}
        {known && (
          <div>
            <Text size="sm" fw={600}>
              {known.name}
            </Text>
            <Text size="sm" c="dimmed">
              {[known.slug, t('library.version', known), t('publish.objects', { count: known.objects })].join(' · ')}
            </Text>
          </div>
        )}
        {check.data && check.data.problems.length > 0 && (
          <div role="alert">
            <Text size="sm" fw={600} c="var(--mantine-color-error)">
              {t('publish.problems', { count: check.data.problems.length })}
            </Text>
            <Lines
              lines={check.data.problems.slice(0, problemsShown).map(({ path, message }) => `${path} ${message}`)}
            />
          </div>
        )}
        <Textarea
          label={t('publish.notes')}
          description={t('publish.notesHelp')}
          autosize
          minRows={3}
          maxLength={2_000}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button disabled={!known} loading={publish.isPending} onClick={confirm}>
            {t('publish.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
