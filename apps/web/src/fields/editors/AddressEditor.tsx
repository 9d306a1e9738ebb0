import { Fieldset, SimpleGrid, Text, TextInput } from '@mantine/core'
import type { Address } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import classes from './AddressEditor.module.css'
import { type EditorProps, orNull } from './editorProps.ts'

const parts = ['street', 'street2', 'postalCode', 'city', 'region', 'country'] as const

/** Six inputs under one name; an address without any part is no address. */
export function AddressEditor({ field, value, onChange, variant, error, autoFocus }: EditorProps) {
  const { t } = useTranslation('fields')
  const address = (value ?? {}) as Address
  const change = (part: (typeof parts)[number], text: string) => {
    const next = { ...address, [part]: orNull(text) }
    onChange(parts.some((name) => next[name]) ? next : null)
  }
  const size = variant === 'cell' ? 'xs' : 'sm'
  const input = (part: (typeof parts)[number], first = false) => (
    <TextInput
      key={part}
      size={size}
      label={variant === 'form' ? t(`address.${part}`) : undefined}
      aria-label={`${field.label}: ${t(`address.${part}`)}`}
      placeholder={variant === 'cell' ? t(`address.${part}`) : undefined}
      autoFocus={first && autoFocus}
      value={address[part] ?? ''}
      onChange={(event) => change(part, event.currentTarget.value)}
    />
  )
  return (
    <Fieldset
      legend={variant === 'form' ? field.label : undefined}
      aria-label={field.label}
      variant="unstyled"
      mx={0}
      classNames={{ legend: classes.legend }}
      miw={variant === 'cell' ? 220 : 0}
    >
      <SimpleGrid cols={2} spacing={variant === 'form' ? 'md' : 4} verticalSpacing={variant === 'form' ? 'sm' : 4}>
        {parts.map((part, index) => input(part, index === 0))}
      </SimpleGrid>
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
    </Fieldset>
  )
}
