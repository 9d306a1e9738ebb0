import { Group, NativeSelect } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { MultiSelect } from '../../ui/Select.tsx'
import type { ListControls } from '../useListState.ts'
import { mostFields, pictureField, pictureFields } from './cardSettings.ts'
import classes from './Gallery.module.css'

interface GalleryBarProps {
  object: ObjectMeta
  list: ListControls
  /** What cards can say. */
  fields: FieldMeta[]
  /** What they say now. */
  shown: FieldMeta[]
}

/** Above a gallery: which picture its cards show, and which fields. */
export function GalleryBar({ object, list, fields, shown }: GalleryBarProps) {
  const { t } = useTranslation('list')
  const pictures = pictureFields(object)
  const offered = fields.filter(({ key, type }) => key !== object.roles.title && type !== 'file')
  return (
    <Group className={classes.bar} gap="sm">
      {pictures.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('gallery.picture')}
          value={pictureField(object, list.look.settings)?.key ?? ''}
          onChange={({ currentTarget }) => list.setSettings({ imageField: currentTarget.value })}
          data={[
            { value: '', label: t('gallery.noPicture') },
            ...pictures.map(({ key, label }) => ({ value: key, label: t('gallery.pictureOf', { label }) })),
          ]}
        />
      )}
      <MultiSelect
        size="xs"
        aria-label={t('gallery.fields')}
        placeholder={shown.length === 0 ? t('gallery.fields') : ''}
        className={classes.fieldChooser}
        searchable
        hidePickedOptions
        maxValues={mostFields}
        data={offered.map(({ key, label }) => ({ value: key, label }))}
        value={shown.filter((field) => offered.includes(field)).map(({ key }) => key)}
        onChange={(keys) => list.setSettings({ cardFields: keys })}
      />
    </Group>
  )
}
