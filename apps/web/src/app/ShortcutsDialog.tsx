import { Kbd, Table } from '@mantine/core'
import { openModal } from '@mantine/modals'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'

const shortcuts: [keys: string[], meaning: string][] = [
  [['Ctrl', 'K'], 'palette'],
  [['/'], 'search'],
  [['c'], 'create'],
  [['j', '↓'], 'next'],
  [['k', '↑'], 'previous'],
  [['Enter', 'o'], 'open'],
  [['Space'], 'peek'],
  [['e'], 'edit'],
  [['x'], 'select'],
  [['Esc'], 'cancel'],
  [['*'], 'star'],
  [['['], 'sidebar'],
  [['?'], 'help'],
]

export function openShortcuts(): void {
  openModal({ modalId: 'shortcuts', title: i18next.t('app:shortcuts.title'), children: <Shortcuts /> })
}

function Shortcuts() {
  const { t } = useTranslation('app')
  return (
    <Table>
      <Table.Tbody>
        {shortcuts.map(([keys, meaning]) => (
          <Table.Tr key={meaning}>
            <Table.Td>{t(`shortcuts.${meaning}`)}</Table.Td>
            <Table.Td ta="right">
              {keys.map((key) => (
                <Kbd key={key} ml={4}>
                  {key}
                </Kbd>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
