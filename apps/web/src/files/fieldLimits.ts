/** What fields of files take, for the window that asks for them and in words. */
import type { FieldRules, FileKind } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../usage/amounts.ts'

export const fileKinds: FileKind[] = ['image', 'pdf', 'document', 'text', 'audio', 'video']

const accepted: Record<FileKind, string> = {
  image: 'image/*',
  pdf: 'application/pdf',
  document: '.doc,.docx,.odt,.rtf,.xls,.xlsx,.ods,.ppt,.pptx,.odp',
  text: 'text/*,.csv,.md,.json,.xml',
  audio: 'audio/*',
  video: 'video/*',
}

/** For the attribute `accept` of an input; whatever comes by another way is looked at by the server. */
export function acceptedTypes(rules: FieldRules | null): string | undefined {
  return rules?.kinds?.map((kind) => accepted[kind]).join(',')
}

/** «Images, PDF. At most 5 MB each.» */
export function useLimitText(rules: FieldRules | null, locale: string): string {
  const { t } = useTranslation('files')
  const kinds = rules?.kinds?.map((kind) => t(`kind.${kind}`)).join(', ')
  const size = rules?.maxSize && t('field.atMost', { size: formatBytes(rules.maxSize, locale) })
  return [kinds && `${kinds}.`, size].filter(Boolean).join(' ')
}
