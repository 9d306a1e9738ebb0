import { Button, ColorInput, FileButton, Group, NumberInput, SegmentedControl, Text, TextInput } from '@mantine/core'
import type { MailAlign, PlainMailBlock } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { showError } from '../ui/toast.tsx'
import { base64Of } from './base64.ts'
import type { Focused } from './focused.ts'
import { MailText } from './MailText.tsx'
import { MergeInput } from './MergeInput.tsx'

interface BlockFieldsProps<B extends PlainMailBlock = PlainMailBlock> {
  block: B
  onChange: (block: PlainMailBlock) => void
  onFocus: Focused
}

/** What can be said of one block. */
export function BlockFields({ block, onChange, onFocus }: BlockFieldsProps) {
  const { t } = useTranslation('mail')
  switch (block.type) {
    case 'heading':
      return (
        <>
          <MergeInput
            label={t('block.words')}
            value={block.text}
            onChange={(text) => onChange({ ...block, text })}
            onFocus={onFocus}
          />
          <Group gap="sm">
            <SegmentedControl
              size="xs"
              aria-label={t('block.size')}
              value={String(block.level)}
              data={[1, 2, 3].map((level) => ({ value: String(level), label: t(`block.level.${level as 1}`) }))}
              onChange={(level) => onChange({ ...block, level: Number(level) as 1 })}
            />
            <Align value={block.align} onChange={(align) => onChange({ ...block, align })} />
          </Group>
        </>
      )
    case 'text':
      return (
        <MailText
          label={t('block.words')}
          value={block.html}
          onChange={(html) => onChange({ ...block, html })}
          onFocus={onFocus}
        />
      )
    case 'button':
      return (
        <>
          <MergeInput
            label={t('block.label')}
            value={block.label}
            onChange={(label) => onChange({ ...block, label })}
            onFocus={onFocus}
          />
          <MergeInput
            label={t('block.url')}
            value={block.url}
            onChange={(url) => onChange({ ...block, url })}
            onFocus={onFocus}
          />
          <Group gap="sm">
            <ColorInput
              size="xs"
              aria-label={t('block.color')}
              format="hex"
              value={block.color}
              onChange={(color) => /^#[0-9a-f]{6}$/i.test(color) && onChange({ ...block, color })}
            />
            <Align value={block.align} onChange={(align) => onChange({ ...block, align })} />
          </Group>
        </>
      )
    case 'image':
      return <ImageFields block={block} onChange={onChange} onFocus={onFocus} />
    case 'divider':
      return null
  }
}

function ImageFields({ block, onChange }: BlockFieldsProps<Extract<PlainMailBlock, { type: 'image' }>>) {
  const { t } = useTranslation('mail')
  const add = useMutation({
    mutationFn: async (file: File) => client.mail.addImage(file.name, await base64Of(file)),
    onSuccess: ({ id: imageId }) => onChange({ ...block, imageId }),
    onError: showError,
  })
  return (
    <>
      <Group gap="sm">
        <FileButton accept="image/png,image/jpeg,image/gif" onChange={(file) => file && add.mutate(file)}>
          {(props) => (
            <Button {...props} size="xs" variant="default" loading={add.isPending}>
              {t(block.imageId ? 'block.otherImage' : 'block.chooseImage')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          {t('block.imageLimits')}
        </Text>
      </Group>
      <TextInput
        label={t('block.alt')}
        value={block.alt}
        maxLength={300}
        onChange={(event) => onChange({ ...block, alt: event.currentTarget.value })}
      />
      <Group gap="sm" align="flex-end">
        <NumberInput
          size="xs"
          label={t('block.width')}
          min={20}
          max={600}
          value={block.width}
          onChange={(width) => typeof width === 'number' && onChange({ ...block, width })}
        />
        <Align value={block.align} onChange={(align) => onChange({ ...block, align })} />
      </Group>
    </>
  )
}

function Align({ value, onChange }: { value: MailAlign; onChange: (align: MailAlign) => void }) {
  const { t } = useTranslation('mail')
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('block.align')}
      value={value}
      data={(['left', 'center', 'right'] as const).map((one) => ({ value: one, label: t(`block.of.${one}`) }))}
      onChange={(next) => onChange(next as MailAlign)}
    />
  )
}
