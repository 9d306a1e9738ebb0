import type { HistoryEntry } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { OpenFile } from './OpenFile.tsx'

/** A file as the story of its record tells it: its name opens it, at the version that it had then. */
export function ToldFile({ file: { id, name, version } }: { file: NonNullable<HistoryEntry['file']> }) {
  const { t } = useTranslation('files')
  if (name === null) return <>{t('erasedFile')}</>
  return (
    <>
      <OpenFile id={id} name={name} version={version ?? undefined} />
      {version !== null && version > 1 && ` (${t('version', { version })})`}
    </>
  )
}
