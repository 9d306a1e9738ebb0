import { ActionIcon, Button, FileButton, Input, Progress, Stack, Text } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/client.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatBytes } from '../../usage/amounts.ts'
import classes from './FilledForm.module.css'
import type { QuestionProps } from './questionProps.ts'
import { sendFile } from './sendFile.ts'

interface FilesProps extends Omit<QuestionProps, 'question'> {
  id: string
  label: string
  help: string | null
  required: boolean
  most: number
  /** In bytes, of each. */
  largest: number
  /** What the window that asks for them shows; anything without it. */
  accept?: string | undefined
}

/** Files that go with the form; each is sent as soon as it is chosen. */
export function FilesQuestion({ id, proof, door, given, error, onChange, ...asked }: FilesProps) {
  const { t } = useTranslation('filling')
  const { locale } = useFormatContext()
  const { label, help, required, most, largest } = asked
  const [running, setRunning] = useState<{ name: string; share: number }>()
  const files = given.files[id] ?? []
  const put = (next: typeof files) => onChange({ files: { ...given.files, [id]: next } })
  const add = useMutation({
    mutationFn: async (chosen: File[]) => {
      const added = [...files]
      for (const file of chosen.slice(0, most - files.length)) {
        const { name, size } = file
        if (size > largest) throw new Error(t('tooLarge', { name, most: formatBytes(largest, locale) }))
        const onProgress = (sent: number) => setRunning({ name, share: (sent / size) * 100 })
        onProgress(0)
        const begun = { ...(await proof()), question: id, name, size }
        added.push({ id: await sendFile({ door, file, begun, onProgress }), name })
        put([...added])
      }
    },
    onSettled: () => setRunning(undefined),
  })
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      description={help}
      withAsterisk={required}
      error={error ?? (add.error && errorText(add.error))}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      <Stack gap={6} mt={4}>
        {files.map((file) => (
          <div key={file.id} className={classes.file}>
            <IconPaperclip size={15} aria-hidden />
            <Text size="sm" className={classes.fileName}>
              {file.name}
            </Text>
            <ActionIcon
              aria-label={t('removeFile', { name: file.name })}
              onClick={() => put(files.filter((one) => one.id !== file.id))}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
        ))}
        {running && (
          <div>
            <Text size="xs" c="dimmed" truncate mb={4}>
              {running.name}
            </Text>
            <Progress value={running.share} size="xs" aria-label={t('fileProgress', { name: running.name })} />
          </div>
        )}
        {files.length < most && (
          <FileButton
            multiple={most > 1}
            accept={asked.accept}
            onChange={(chosen) => add.mutate([chosen ?? []].flat())}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                w="fit-content"
                leftSection={<IconPaperclip size={14} aria-hidden />}
                loading={add.isPending}
                aria-invalid={error ? true : undefined}
                aria-label={t('addFileTo', { question: label })}
              >
                {t('addFile')}
              </Button>
            )}
          </FileButton>
        )}
      </Stack>
    </Input.Wrapper>
  )
}
