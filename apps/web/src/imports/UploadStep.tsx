import { Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'

interface UploadStepProps<Answer> {
  /** What to do, in the middle of the field. */
  invitation: string
  upload: (file: File) => Promise<Answer>
  onUploaded: (answer: Answer) => void
}

/** Browsers name these types differently, or not at all; the server looks at the content. */
const accepted = {
  'text/csv': ['.csv', '.tsv', '.txt'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/vnd.ms-excel': ['.csv'],
  'application/json': ['.json'],
}

export function UploadStep<Answer>({ invitation, upload: send, onUploaded }: UploadStepProps<Answer>) {
  const { t } = useTranslation('imports')
  const upload = useMutation({
    mutationFn: send,
    onSuccess: onUploaded,
  })
  return (
    <Stack gap="xs">
      <Dropzone
        multiple={false}
        accept={accepted}
        loading={upload.isPending}
        onDrop={([file]) => file && upload.mutate(file)}
        onReject={() => upload.reset()}
        aria-label={t('upload.label')}
        inputProps={{ 'aria-label': t('upload.label') }}
        py={48}
      >
        <Stack align="center" gap={6} style={{ pointerEvents: 'none' }}>
          <IconFileSpreadsheet size={36} stroke={1.3} aria-hidden />
          <Text fw={600}>{invitation}</Text>
          <Text size="sm" c="dimmed" ta="center">
            {t('upload.kinds')}
          </Text>
        </Stack>
      </Dropzone>
      {upload.error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {errorText(upload.error)}
        </Text>
      )}
    </Stack>
  )
}
