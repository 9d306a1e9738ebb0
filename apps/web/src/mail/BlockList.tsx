import { Button, Group, Menu, Stack, Text } from '@mantine/core'
import type { MailBlock, PlainMailBlock } from '@oneforge/client'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import { BlockFields } from './BlockFields.tsx'
import type { Focused } from './focused.ts'
import classes from './mail.module.css'

const plainTypes = ['heading', 'text', 'button', 'image', 'divider'] as const

const newBlock: Record<MailBlock['type'], MailBlock> = {
  heading: { type: 'heading', text: '', level: 1, align: 'left' },
  text: { type: 'text', html: '' },
  button: { type: 'button', label: '', url: 'https://', color: '#1971c2', align: 'left' },
  image: { type: 'image', imageId: '', alt: '', width: 600, align: 'center' },
  divider: { type: 'divider' },
  columns: { type: 'columns', columns: [[], []] },
}

interface BlockListProps {
  blocks: MailBlock[]
  /** Columns hold no further columns. */
  isColumn?: boolean
  onChange: (blocks: MailBlock[]) => void
  onFocus: Focused
}

/** Blocks one below the other, to be moved, changed and taken out. */
export function BlockList({ blocks, isColumn = false, onChange, onFocus }: BlockListProps) {
  const { t } = useTranslation('mail')
  const replace = (index: number, ...others: MailBlock[]) => onChange(blocks.toSpliced(index, 1, ...others))
  const move = (from: number, to: number) => onChange(blocks.toSpliced(from, 1).toSpliced(to, 0, blocks[from]!))
  return (
    <Stack gap="sm">
      {blocks.map((block, index) => (
        <section key={`${index} of ${blocks.length}`} className={classes.block} aria-label={t(`block.${block.type}`)}>
          <Group justify="space-between" gap="xs">
            <Text size="xs" fw={600} c="dimmed">
              {t(`block.${block.type}`)}
            </Text>
            <Group gap={0}>
              {index > 0 && (
                <IconButton label={t('block.up')} onClick={() => move(index, index - 1)}>
                  <IconArrowUp size={14} />
                </IconButton>
              )}
              {index < blocks.length - 1 && (
                <IconButton label={t('block.down')} onClick={() => move(index, index + 1)}>
                  <IconArrowDown size={14} />
                </IconButton>
              )}
              <IconButton label={t('block.remove')} onClick={() => replace(index)}>
                <IconTrash size={14} />
              </IconButton>
            </Group>
          </Group>
          {block.type === 'columns' ? (
            <Group align="flex-start" grow preventGrowOverflow={false}>
              {block.columns.map((column, place) => (
                <BlockList
                  key={place}
                  isColumn
                  blocks={column}
                  onFocus={onFocus}
                  onChange={(changed) =>
                    replace(index, {
                      ...block,
                      columns: block.columns.with(place, changed as PlainMailBlock[]),
                    })
                  }
                />
              ))}
            </Group>
          ) : (
            <BlockFields block={block} onChange={(changed) => replace(index, changed)} onFocus={onFocus} />
          )}
        </section>
      ))}
      <Menu>
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} w="fit-content">
            {t('block.add')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {[...plainTypes, ...(isColumn ? [] : (['columns'] as const))].map((type) => (
            <Menu.Item key={type} onClick={() => onChange([...blocks, newBlock[type]])}>
              {t(`block.${type}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Stack>
  )
}
