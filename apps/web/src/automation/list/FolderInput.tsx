import { Autocomplete } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWorkflows } from '../queries.ts'

interface FolderInputProps {
  value: string
  onChange: (folder: string) => void
  /** The person goes on to something else. */
  onDone?: () => void
}

/** A folder that there is, or a new one. */
export function FolderInput({ value, onChange, onDone }: FolderInputProps) {
  const { t } = useTranslation('automation')
  const { data: workflows = [] } = useWorkflows('')
  const folders = [...new Set(workflows.flatMap(({ folder }) => folder ?? []))]
  return (
    <Autocomplete
      size="sm"
      label={t('settings.folder')}
      data={folders}
      value={value}
      onChange={onChange}
      {...(onDone && { onBlur: onDone })}
    />
  )
}
