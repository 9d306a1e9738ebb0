import { Button, CloseButton, FileButton, Group, Input, Stack } from '@mantine/core'
import type { FieldMeta, FileValue } from '@oneforge/client'
import { IconCheck, IconUpload } from '@tabler/icons-react'
import { type FocusEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { acceptedTypes, useLimitText } from '../../files/fieldLimits.ts'
import classes from '../../files/files.module.css'
import { RunningUploads } from '../../files/RunningUploads.tsx'
import { Thumbnail } from '../../files/Thumbnail.tsx'
import { useFieldUploads } from '../../files/useUploads.ts'
import { PlainList } from '../../settings/PlainList.tsx'
import { useOnceActed } from '../../ui/onDemand.tsx'
import { useFormatContext } from '../FormatProvider.tsx'
import { asList } from '../format.ts'
import type { EditorProps } from './editorProps.ts'

/** Files are sent as soon as they are chosen; they belong to the record once it is saved. */
export function FileEditor(props: EditorProps) {
  const { field, variant, onChange, onDone } = props
  const { t } = useTranslation('files')
  const { locale } = useFormatContext()
  const limits = useLimitText(field.rules, locale)
  const several = field.rules?.several ?? false
  const files = asList(props.value) as FileValue[]
  // What arrives later comes on top of what has arrived meanwhile.
  const latest = useRef(files)
  latest.current = files
  const isCell = variant === 'cell'
  const SortableList = useOnceActed(async () => (await import('../../settings/SortableList.tsx')).SortableList)
  const Rows = (several && SortableList) || PlainList

  function set(next: FileValue[]): void {
    latest.current = next
    if (several) onChange(next)
    else if (isCell) onDone(next[0] ?? null)
    else onChange(next[0] ?? null)
  }
  const { running, batch, start } = useFieldUploads(field.id, (file) =>
    set(several ? [...latest.current, file] : [file]),
  )

  /** The window that asks which file takes the focus along: that is not the end of the edit, nor is it while files arrive. */
  function keepOpen(event: FocusEvent): void {
    if (!document.hasFocus() || running.length > 0) event.stopPropagation()
  }
  return (
    <Input.Wrapper
      {...(!isCell && { label: field.label, withAsterisk: field.required })}
      labelElement="div"
      description={[!isCell && field.help, limits].filter(Boolean).join(' ') || undefined}
      error={props.error}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its buttons send upwards */}
      <div onBlur={keepOpen}>
        <Stack gap={4} role="group" aria-label={field.label}>
          {files.length > 0 && (
            <Rows<FileValue>
              plain
              items={files}
              idOf={({ id }) => id}
              labelOf={({ name }) => name}
              disabled={files.length < 2}
              onMove={set}
            >
              {(file) => (
                <>
                  <Thumbnail file={file} size={32} />
                  <span className={classes.chosenName} title={file.name}>
                    {file.name}
                  </span>
                  <CloseButton
                    size="sm"
                    aria-label={t('field.remove', { name: file.name })}
                    onClick={() => set(latest.current.filter(({ id }) => id !== file.id))}
                  />
                </>
              )}
            </Rows>
          )}
          <RunningUploads uploads={running} batch={batch} />
          <Group gap={6}>
            <FileButton multiple={several} accept={acceptedTypes(field.rules)} onChange={(chosen) => start(chosen)}>
              {(button) => (
                <Button
                  {...button}
                  size="compact-sm"
                  variant="default"
                  leftSection={<IconUpload size={14} />}
                  data-autofocus={props.autoFocus || undefined}
                  autoFocus={props.autoFocus}
                >
                  {t(buttonText(field, files))}
                </Button>
              )}
            </FileButton>
            {isCell && several && (
              <Button
                size="compact-sm"
                disabled={running.length > 0}
                leftSection={<IconCheck size={14} />}
                onClick={() => onDone(latest.current)}
              >
                {t('save')}
              </Button>
            )}
          </Group>
        </Stack>
      </div>
    </Input.Wrapper>
  )
}

function buttonText({ rules }: FieldMeta, files: FileValue[]): string {
  if (rules?.several) return 'field.add'
  return files.length > 0 ? 'field.replace' : 'field.choose'
}
