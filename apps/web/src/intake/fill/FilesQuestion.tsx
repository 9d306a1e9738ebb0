import { ActionIcon, Button, FileButton, Input, Progress, Stack, Text } from '@mantine/core'
import { IconPaperclip, IconRefresh, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type GivenFile, withFiles } from './asked.ts'
import classes from './FilledForm.module.css'
import type { QuestionProps } from './questionProps.ts'
import type { Sending, Uploads } from './useUploads.ts'

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
export function FilesQuestion({ id, uploads, given, error, onChange, ...asked }: FilesProps) {
  const { t } = useTranslation('filling')
  const { label, help, required, most, largest } = asked
  const files = given.files[id] ?? []
  const sending = uploads.sending.filter(({ question }) => question === id)
  const left = most - files.length - sending.length
  const remove = (file: GivenFile) => onChange(withFiles(id, (before) => before.filter((one) => one.id !== file.id)))
  const add = (chosen: File | File[] | null) =>
    uploads.add({ question: id, largest }, [chosen ?? []].flat().slice(0, left))
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      description={help}
      withAsterisk={required}
      error={error}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      <Stack gap={6} mt={4}>
        {files.map((file) => (
          <div key={file.id} className={classes.file}>
            <IconPaperclip size={15} aria-hidden />
            <Text size="sm" className={classes.fileName}>
              {file.name}
            </Text>
            <ActionIcon aria-label={t('removeFile', { name: file.name })} onClick={() => remove(file)}>
              <IconX size={15} />
            </ActionIcon>
          </div>
        ))}
        {sending.map((one) => (
          <FileOnItsWay key={one.key} sending={one} uploads={uploads} />
        ))}
        {left > 0 && (
          <FileButton multiple={most > 1} accept={asked.accept} onChange={add}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                w="fit-content"
                leftSection={<IconPaperclip size={14} aria-hidden />}
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

function FileOnItsWay({ sending, uploads }: { sending: Sending; uploads: Uploads }) {
  const { t } = useTranslation('filling')
  const { file, share, error, again } = sending
  const { name } = file
  return (
    <div className={classes.file}>
      <IconPaperclip size={15} aria-hidden />
      <div className={classes.fileName}>
        <Text size="sm" truncate>
          {name}
        </Text>
        {error === undefined ? (
          <Progress mt={4} value={share} size="xs" aria-label={t('fileProgress', { name })} />
        ) : (
          <Text size="xs" c="var(--mantine-color-error)" className={classes.fileError} role="alert">
            {error}
          </Text>
        )}
      </div>
      {error !== undefined && again && (
        <ActionIcon aria-label={t('sendFileAgain', { name })} onClick={() => uploads.resume(sending)}>
          <IconRefresh size={15} />
        </ActionIcon>
      )}
      <ActionIcon
        aria-label={t(error === undefined ? 'stopFile' : 'removeFile', { name })}
        onClick={() => uploads.stop(sending)}
      >
        <IconX size={15} />
      </ActionIcon>
    </div>
  )
}
