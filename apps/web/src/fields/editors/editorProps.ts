import type { FieldMeta } from '@oneforge/client'

/** What every editor gets. `onDone` ends an edit in place, with a value where the choice itself is the end. */
export interface EditorProps {
  field: FieldMeta
  value: unknown
  onChange: (value: unknown) => void
  onDone: (value?: unknown) => void
  variant: 'cell' | 'form'
  error: string | undefined
  autoFocus: boolean
}

/** Explanations stand under the input, so that inputs beside each other stay on one line. */
const below: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

/** Label, help, mark and size of an input, the same for every type; in a cell the label is only heard. */
export function inputProps({ field, variant, error, autoFocus }: EditorProps) {
  const shared = { error, 'data-autofocus': autoFocus || undefined, autoFocus }
  if (variant === 'cell') return { ...shared, 'aria-label': field.label, size: 'xs' as const }
  return {
    ...shared,
    label: field.label,
    description: field.help,
    inputWrapperOrder: below,
    withAsterisk: field.required,
    size: 'sm' as const,
  }
}

/** A form that begins at this input lets one type or click first: a list would lie over what comes next. */
export function opensOnFocus({ variant, autoFocus }: EditorProps): boolean {
  return variant === 'cell' || !autoFocus
}

/** Nothing typed means no value. */
export function orNull(text: string): string | null {
  return text === '' ? null : text
}
