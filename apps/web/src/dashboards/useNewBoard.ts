import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { client } from '../api/client.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { paths } from '../paths.ts'
import { showError } from '../ui/toast.tsx'
import { useBoardChange } from './dashboards.ts'

/** Makes an empty board of one's own and opens it to be filled; undefined for who only looks. */
export function useNewBoard(): (() => void) | undefined {
  const { t } = useTranslation('dashboards')
  const navigate = useNavigate()
  const create = useBoardChange(client.dashboards.create)
  if (viewedPerson()) return undefined
  return () =>
    create.mutate(
      { label: t('newBoard'), widgets: [] },
      { onSuccess: ({ id }) => void navigate(paths.dashboards(id, { edit: '1' })), onError: showError },
    )
}
