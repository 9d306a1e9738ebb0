import { Menu } from '@mantine/core'
import type { ExportFormat, ObjectMeta } from '@oneforge/client'
import {
  IconCopyCheck,
  IconDots,
  IconFileImport,
  IconFileTypeCsv,
  IconFileTypeXls,
  IconHistory,
  IconJson,
  IconPrinter,
  IconSettings,
  IconTrash,
} from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useViews } from '../api/objects.ts'
import { useCount } from '../api/records.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { onDemand } from '../ui/onDemand.tsx'
import { fieldsToAsk, isPath } from './columns/relatedFields.ts'
import { useColumns } from './columns/useColumns.ts'
import { useExport } from './useExport.ts'
import { useListState } from './useListState.ts'

const PrintedList = onDemand(async () => (await import('./PrintedList.tsx')).PrintedList)
const RecentChanges = lazy(() => import('./bulk/RecentChanges.tsx'))

const formats: { format: ExportFormat; icon: typeof IconFileTypeCsv }[] = [
  { format: 'csv', icon: IconFileTypeCsv },
  { format: 'xlsx', icon: IconFileTypeXls },
  { format: 'json', icon: IconJson },
]

/** What can be done with the list as a whole: bring in, take out, shape. */
export function ListMenu({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation(['list', 'bulk', 'duplicates', 'trash'])
  const { data: views } = useViews(object.slug)
  const list = useListState(object, views)
  const { filter, search, sort } = list
  const { keys, columns } = useColumns(object, list)
  const [isPrinting, setPrinting] = useState(false)
  const printed = useCallback(() => setPrinting(false), [])
  const count = useCount(object.slug, { filter, search: search || undefined })
  const [isRecentOpen, setRecentOpen] = useState(false)
  const [params] = useSearchParams()
  const mayShape = useMayAdmin('objects')
  const take = useExport(object.slug)
  const { permissions } = object
  // What stands in other records is no column of a file.
  const fields = keys.filter((key) => !isPath(key))
  const mayMerge = permissions.update && permissions.delete
  // A diary goes on paper as it stands; of anything else more belongs there than is in sight.
  const isDiary = list.layout === 'calendar' || list.layout === 'schedule'
  const print = () => (isDiary ? requestAnimationFrame(() => window.print()) : setPrinting(true))
  return (
    <>
      <Menu position="bottom-end" key={params.toString()}>
        <Menu.Target>
          <IconButton label={t('menu.title')}>
            <IconDots size={18} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {permissions.import && (
            <Menu.Item leftSection={<IconFileImport size={16} />} component={Link} to={paths.import(object.slug)}>
              {t('menu.import')}
            </Menu.Item>
          )}
          {mayMerge && (
            <Menu.Item leftSection={<IconCopyCheck size={16} />} component={Link} to={paths.duplicates(object.slug)}>
              {t('duplicates:menu')}
            </Menu.Item>
          )}
          {permissions.delete && (
            <Menu.Item leftSection={<IconTrash size={16} />} component={Link} to={paths.trash(object.slug)}>
              {t('trash:menu')}
            </Menu.Item>
          )}
          {(permissions.update || permissions.delete) && (
            <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => setRecentOpen(true)}>
              {t('bulk:recent.menu')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPrinter size={16} />} onClick={print}>
            {t('menu.print')}
          </Menu.Item>
          {permissions.export && <Menu.Label>{t('menu.export')}</Menu.Label>}
          {permissions.export &&
            formats.map(({ format, icon: Icon }) => (
              <Menu.Item
                key={format}
                leftSection={<Icon size={16} />}
                onClick={() => take.mutate({ format, query: { filter, search, sort, fields }, count: count.data })}
              >
                {t(`menu.${format}`)}
              </Menu.Item>
            ))}
          {mayShape && <Menu.Divider />}
          {mayShape && (
            <Menu.Item
              leftSection={<IconSettings size={16} />}
              component={Link}
              to={paths.settings(`objects/${object.slug}`)}
            >
              {t('menu.fields')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isPrinting && (
        <PrintedList
          object={object}
          fields={columns.map(({ field }) => field)}
          query={{
            filter,
            search: search || undefined,
            sort: sort.length > 0 ? sort : undefined,
            fields: fieldsToAsk(object, keys),
          }}
          onDone={printed}
        />
      )}
      {isRecentOpen && (
        <Suspense>
          <RecentChanges object={object} onClose={() => setRecentOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
