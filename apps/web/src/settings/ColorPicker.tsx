import { ActionIcon, Popover, SimpleGrid } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { OptionColor } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { OptionDot } from '../fields/OptionBadge.tsx'
import { optionColors } from './optionDraft.ts'

interface ColorPickerProps {
  value: OptionColor
  onChange: (color: OptionColor) => void
}

/** The colour of an option, chosen from those that read well in light and dark. */
export function ColorPicker({ value, onChange }: ColorPickerProps) {
  const { t } = useTranslation('settings')
  const [opened, { toggle, close }] = useDisclosure()
  return (
    <Popover opened={opened} onChange={close} trapFocus position="bottom-start">
      <Popover.Target>
        <ActionIcon onClick={toggle} aria-label={t('color.label', { color: t(`color.${value}`) })}>
          <OptionDot color={value} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <SimpleGrid cols={5} spacing={2}>
          {optionColors.map((color) => (
            <ActionIcon
              key={color}
              aria-label={t(`color.${color}`)}
              aria-pressed={color === value}
              variant={color === value ? 'light' : 'subtle'}
              onClick={() => {
                onChange(color)
                close()
              }}
            >
              <OptionDot color={color} />
            </ActionIcon>
          ))}
        </SimpleGrid>
      </Popover.Dropdown>
    </Popover>
  )
}
