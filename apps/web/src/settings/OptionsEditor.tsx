import { ActionIcon, Button, Input, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ColorPicker } from './ColorPicker.tsx'
import { readersFirst } from './LabelInputs.tsx'
import { anyLabel } from './naming.ts'
import { type OptionDraft, optionColors } from './optionDraft.ts'
import { SortableList } from './SortableList.tsx'

interface OptionsEditorProps {
  options: OptionDraft[]
  onChange: (options: OptionDraft[]) => void
  error?: string | undefined
  /** Asked before an option goes that records may hold; it goes with the call of `remove`. */
  onRemoval?: ((option: OptionDraft, remove: () => void) => void) | undefined
}

/** The choices of a select field: order, colour, and their names in each language. Enter starts the next one. */
export function OptionsEditor({ options, onChange, error, onRemoval }: OptionsEditorProps) {
  const { t, i18n } = useTranslation('settings')
  const frame = useRef<HTMLDivElement>(null)
  const change = (id: string, part: Partial<OptionDraft>) =>
    onChange(options.map((option) => (option.id === id ? { ...option, ...part } : option)))
  const add = () => {
    const color = optionColors[options.length % optionColors.length] ?? 'gray'
    // Options of a stage field each say what they mean for the pipeline; a new one is on the way.
    const meaning = options[0]?.kind ? { kind: 'open' as const } : {}
    onChange([...options, { id: crypto.randomUUID(), value: '', labels: { en: '' }, color, ...meaning }])
    requestAnimationFrame(() => {
      const rows = frame.current?.querySelectorAll('li')
      rows?.[rows.length - 1]?.querySelector('input')?.focus()
    })
  }
  const remove = (option: OptionDraft) => {
    const take = () => onChange(options.filter(({ id }) => id !== option.id))
    // Whoever wrote it a moment ago is not asked: no record holds it.
    if (onRemoval && option.value) onRemoval(option, take)
    else take()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <Input.Wrapper label={t('field.options')} labelElement="div" error={error}>
      <div ref={frame}>
        {options.length > 0 && (
          <SortableList
            items={options}
            idOf={({ id }) => id}
            labelOf={({ labels }) => anyLabel(labels)}
            onMove={onChange}
          >
            {(option) => (
              <>
                <ColorPicker value={option.color} onChange={(color) => change(option.id, { color })} />
                {readersFirst(i18n.language).map(({ code, name }) => (
                  <TextInput
                    key={code}
                    size="xs"
                    flex={1}
                    miw={0}
                    placeholder={name}
                    aria-label={t('field.optionName', { language: name })}
                    value={option.labels[code] ?? ''}
                    onKeyDown={onKeyDown}
                    onChange={(event) =>
                      change(option.id, { labels: { ...option.labels, [code]: event.currentTarget.value } })
                    }
                  />
                ))}
                {option.kind && (
                  <Select
                    size="xs"
                    w={92}
                    allowDeselect={false}
                    aria-label={t('field.stageKind', { option: anyLabel(option.labels) })}
                    value={option.kind}
                    data={(['open', 'won', 'lost'] as const).map((kind) => ({
                      value: kind,
                      label: t(`stageKind.${kind}`),
                    }))}
                    onChange={(kind) => kind && change(option.id, { kind: kind as OptionDraft['kind'] })}
                  />
                )}
                <ActionIcon
                  size="sm"
                  aria-label={t('field.removeOption', { option: anyLabel(option.labels) })}
                  onClick={() => remove(option)}
                >
                  <IconX size={14} />
                </ActionIcon>
              </>
            )}
          </SortableList>
        )}
        <Button variant="subtle" mt={4} leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {t('field.addOption')}
        </Button>
      </div>
    </Input.Wrapper>
  )
}
