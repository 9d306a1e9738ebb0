import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/workspace.ts'

interface ObjectChooserProps {
  /** Slugs of the objects that a relation may lead to. */
  objects: string[]
  value: string
  onChange: (slug: string) => void
}

/** Which kind of record is looked for, where a relation may lead to several. */
export function ObjectChooser({ objects, value, onChange }: ObjectChooserProps) {
  const { t } = useTranslation('fields')
  const workspace = useWorkspace()
  if (objects.length < 2) return null
  const nameOf = (slug: string) => workspace.objects.find((object) => object.slug === slug)?.labelPlural ?? slug
  return (
    <SegmentedControl
      size="xs"
      my={4}
      aria-label={t('relation.object')}
      value={value}
      data={objects.map((slug) => ({ value: slug, label: nameOf(slug) }))}
      onChange={onChange}
    />
  )
}
