import { Button, Group, Text } from '@mantine/core'
import type { FieldMeta, Filter } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import { FilterBuilder } from '../list/filters/FilterBuilder.tsx'
import { startingGroup, toFilter } from '../list/filters/filterTree.ts'
import { Modal } from '../ui/Modal.tsx'

interface GrantFilterProps {
  object: string
  filter: Filter | null
  onSave: (filter: Filter | null) => void
  onClose: () => void
}

/** The condition that narrows a grant: only records where … */
export function GrantFilter({ object, filter, onSave, onClose }: GrantFilterProps) {
  const { t } = useTranslation('access')
  const { data: meta } = useObject(object)
  return (
    <Modal opened onClose={onClose} title={t('filter.title')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('filter.help')} <HelpButton topic="rightsFilter" />
      </Text>
      {meta && <FilterForm fields={meta.fields} filter={filter} onSave={onSave} />}
    </Modal>
  )
}

interface FilterFormProps extends Pick<GrantFilterProps, 'filter' | 'onSave'> {
  fields: FieldMeta[]
}

function FilterForm({ fields, filter, onSave }: FilterFormProps) {
  const { t } = useTranslation('access')
  const [group, setGroup] = useState(() => startingGroup(filter, fields))
  return (
    <>
      <FilterBuilder fields={fields} group={group} onChange={setGroup} />
      <Group justify="flex-end" mt="md" gap="xs">
        <Button size="sm" variant="default" onClick={() => onSave(null)}>
          {t('filter.none')}
        </Button>
        <Button size="sm" onClick={() => onSave(toFilter(group))}>
          {t('filter.use')}
        </Button>
      </Group>
    </>
  )
}
