import { Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.css'
import type { ImportPreview, ObjectMeta } from '@oneforge/client'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'

interface UploadStepProps {
  object: ObjectMeta
  onUploaded: (preview: ImportPreview) => void
}

/** Browsers name these types differently, or not at all; the server looks at the content. */
const accepted = {
  'text/csv': ['.csv', '.tsv', '.txt'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/vnd.ms-excel': ['.csv'],
}

export function UploadStep({ object, onUploaded }: UploadStepProps) {
  const { t } = useTranslation('imports')
  const upload = useMutation({
    mutationFn: (file: File) => client.imports.preview(object.slug, file),
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
          <Text fw={600}>{t('upload.drop', { objects: object.labelPlural })}</Text>
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
