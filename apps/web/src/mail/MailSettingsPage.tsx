import { Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ServerForm } from './ServerForm.tsx'
import { SuppressedAddresses } from './SuppressedAddresses.tsx'
import { TemplateList } from './TemplateList.tsx'

const tabs = ['templates', 'server', 'addresses'] as const

/** What the workspace writes: its templates, the server they go out by, and who is written to no more. */
export function MailSettingsPage() {
  const { t } = useTranslation('mail')
  const [params, setParams] = useSearchParams()
  const shown = tabs.find((tab) => tab === params.get('tab')) ?? 'templates'
  return (
    <>
      <title>{`${t('title')} · OneForge`}</title>
      <Tabs value={shown} onChange={(tab) => setParams(tab && tab !== 'templates' ? { tab } : {})} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="templates">
          <TemplateList />
        </Tabs.Panel>
        <Tabs.Panel value="server">
          <ServerForm />
        </Tabs.Panel>
        <Tabs.Panel value="addresses">
          <SuppressedAddresses />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
