import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { closeModal, openModal } from '@mantine/modals'
import type { RecordData } from '@oneforge/client'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import { useMember } from '../api/workspace.ts'
import { FieldValue } from '../fields/FieldValue.tsx'

export interface Conflict {
  slug: string
  /** The record as the person saw it when they began. */
  base: RecordData
  /** The record as it stands now. */
  current: RecordData
  mine: Record<string, unknown>
  onOverwrite: () => void
}

const modalId = 'conflict'

/** Somebody else saved the record first: shows both sides and lets the person choose. */
export function openConflict(conflict: Conflict): void {
  openModal({
    modalId,
    title: i18next.t('app:conflict.title', { record: conflict.current.title }),
    size: 'lg',
    children: <ConflictDialog {...conflict} />,
  })
}

function ConflictDialog({ slug, base, current, mine, onOverwrite }: Conflict) {
  const { t } = useTranslation('app')
  const { data: object } = useObject(slug)
  const other = useMember(current.updatedBy)
  const differs = (key: string) => JSON.stringify(base[key]) !== JSON.stringify(current[key])
  const fields = object?.fields.filter(({ key }) => key in mine || differs(key)) ?? []
  const close = () => closeModal(modalId)
  return (
    <Stack>
      <Text size="sm">{t('conflict.explanation', { name: other?.name ?? t('conflict.somebody') })}</Text>
      <Table withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('conflict.field')}</Table.Th>
            <Table.Th>{t('conflict.theirs')}</Table.Th>
            <Table.Th>{t('conflict.mine')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <Table.Tr key={field.key}>
              <Table.Th scope="row">{field.label}</Table.Th>
              <Table.Td>
                <FieldValue field={field} value={current[field.key]} record={current} />
              </Table.Td>
              <Table.Td>{field.key in mine && <FieldValue field={field} value={mine[field.key]} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end">
        <Button variant="default" onClick={close} data-autofocus>
          {t('conflict.keepTheirs')}
        </Button>
        <Button
          onClick={() => {
            close()
            onOverwrite()
          }}
        >
          {t('conflict.overwrite')}
        </Button>
      </Group>
    </Stack>
  )
}
