import type { InstallationWorkspace } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { OptionBadge } from '../fields/OptionBadge.tsx'

/** Only what is out of the ordinary is said: a workspace in use needs no word. */
export function WorkspaceState({ suspended }: Pick<InstallationWorkspace, 'suspended'>) {
  const { t } = useTranslation('installation')
  return suspended ? <OptionBadge color="red" label={t('suspended.badge')} /> : null
}
