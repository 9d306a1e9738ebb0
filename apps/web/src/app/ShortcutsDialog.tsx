import { Kbd, Table } from '@mantine/core'
import { openModal } from '@mantine/modals'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { keyName } from '../ui/keyName.ts'
import { overlays } from '../ui/overlays.ts'

/** Keys and what they are for; those of one way to lay out records stand under its name. */
const sections: [name: string, shortcuts: [keys: string[], meaning: string][]][] = [
  [
    'everywhere',
    [
      [['Ctrl', 'K'], 'palette'],
      [['/'], 'search'],
      [['c'], 'create'],
      [['j', '↓'], 'next'],
      [['k', '↑'], 'previous'],
      [['Enter', 'o'], 'open'],
      [['*'], 'star'],
      [['g', 'h'], 'home'],
      [['g', 'd'], 'dashboards'],
      [['g', 'n'], 'notifications'],
      [['Space'], 'peek'],
      [['e'], 'edit'],
      [['x'], 'select'],
      [['n', 't', 'c', 'm', 'l'], 'write'],
      [['Esc'], 'cancel'],
      [['['], 'sidebar'],
      [['?'], 'help'],
    ],
  ],
  [
    'cells',
    [
      [['←', '↑', '→', '↓'], 'move'],
      [['Tab'], 'tab'],
      [['A…Z'], 'type'],
      [['F2', 'Enter'], 'keep'],
      [['Shift', '←', '↑', '→', '↓'], 'several'],
      [['Ctrl', 'A'], 'all'],
      [['Ctrl', 'C / X / V'], 'copy'],
      [['Ctrl', 'D'], 'fill'],
      [['Del'], 'clear'],
      [['Ctrl', 'Z'], 'undo'],
      [['Ctrl', 'Shift', 'Z'], 'redo'],
    ],
  ],
  [
    'board',
    [
      [['↑', '↓', '←', '→'], 'cards'],
      [['Space'], 'carry'],
      [['p'], 'peekCard'],
    ],
  ],
  [
    'diary',
    [
      [['t'], 'today'],
      [['n'], 'later'],
      [['p'], 'earlier'],
      [['d', 'w', 'm', 'a'], 'spans'],
      [['b'], 'book'],
      [['j', 'k'], 'entries'],
      [['↑', '↓', '←', '→'], 'moveEntry'],
      [['Shift', '↓'], 'stretchEntry'],
    ],
  ],
  [
    'dashboard',
    [
      [['f'], 'wall'],
      [['e'], 'editBoard'],
      [['←', '↑', '→', '↓'], 'moveWidget'],
      [['Shift', '←', '↑', '→', '↓'], 'sizeWidget'],
    ],
  ],
]

export async function openShortcuts(): Promise<void> {
  await overlays()
  openModal({ modalId: 'shortcuts', title: i18next.t('app:shortcuts.title'), children: <Shortcuts /> })
}

function Shortcuts() {
  const { t } = useTranslation('app')
  return (
    <Table>
      {sections.map(([name, shortcuts]) => (
        <Table.Tbody key={name}>
          <Table.Tr>
            <Table.Th colSpan={2} scope="rowgroup">
              {t(`shortcuts.section.${name}`)}
            </Table.Th>
          </Table.Tr>
          {shortcuts.map(([keys, meaning]) => (
            <Table.Tr key={meaning}>
              <Table.Td>{t(`shortcuts.${meaning}`)}</Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                {keys.map((key) => (
                  <Kbd key={key} ms={4}>
                    {keyName(key)}
                  </Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      ))}
    </Table>
  )
}
