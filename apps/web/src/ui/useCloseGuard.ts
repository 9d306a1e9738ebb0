import { useTranslation } from 'react-i18next'
import { useLeaveGuard } from './useLeaveGuard.ts'

/**
 * For forms in drawers and dialogs: gives what Esc, the cross and a click beside them call. Whoever has entered something
 * is asked first, also before the page is left.
 */
export function useCloseGuard(isChanged: boolean, onClose: () => void): () => void {
  const { t } = useTranslation('app')
  const question = t('closeUnsaved')
  useLeaveGuard(isChanged, question)
  return () => {
    if (!isChanged || window.confirm(question)) onClose()
  }
}

/** Whether a draft, made of plain values, is another than it was. */
export const differs = (draft: unknown, before: unknown): boolean => JSON.stringify(draft) !== JSON.stringify(before)
