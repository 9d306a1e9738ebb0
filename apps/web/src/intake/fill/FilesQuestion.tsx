import { ActionIcon, Button, FileButton, Input, Stack, Text } from '@mantine/core'
import type { AskedQuestion } from '@oneforge/client'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/client.ts'
import classes from './FilledForm.module.css'
import type { QuestionProps } from './questionProps.ts'

type FilesProps = QuestionProps & { question: Extract<AskedQuestion, { kind: 'files' }> }

/** As the server has it: packages/modules/forms/filling.service.ts. */
const largestMegabytes = 7

/** Files that go with the form; each is sent as soon as it is chosen. */
export function FilesQuestion({ question, proof, door, given, error, onChange }: FilesProps) {
  const { t } = useTranslation('filling')
  const { id, label, help, required, most } = question
  const files = given.files[id] ?? []
  const put = (next: typeof files) => onChange({ files: { ...given.files, [id]: next } })
  const add = useMutation({
    mutationFn: async (chosen: File[]) => {
      const added = [...files]
      for (const file of chosen.slice(0, most - files.length)) {
        if (file.size > largestMegabytes * 1024 ** 2)
          throw new Error(t('tooLarge', { name: file.name, most: largestMegabytes }))
        const kept = await door.addFile({ ...(await proof()), name: file.name, content: await base64(file) })
        added.push({ id: kept.id, name: file.name })
        put([...added])
      }
    },
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
        {files.length < most && (
          <FileButton multiple={most > 1} onChange={(chosen) => add.mutate([chosen ?? []].flat())}>
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

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error)
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.readAsDataURL(file)
  })
}
