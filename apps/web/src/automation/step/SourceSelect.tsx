import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import { useForm } from './formContext.ts'
import { sourcesOf } from './places.ts'

/** Everything that a value can be made of, to be put into a text or a formula. */
export function SourceSelect({ label, onPick }: { label: string; onPick: (path: string) => void }) {
  const { t } = useTranslation('automation')
  const { flow, vocabulary } = useForm()
  const groups = sourcesOf(flow, vocabulary, (step) => step.name || t(`step.${step.type}`))
  return (
    <Select
      size="xs"
      searchable
      aria-label={label}
      placeholder={label}
      value={null}
      data={groups.map(({ group, sources }) => ({
        group: t(`source.${group}`),
        items: sources.map(({ path, label: name }) => ({ value: path, label: name })),
      }))}
      onChange={(path) => path && onPick(path)}
    />
  )
}
