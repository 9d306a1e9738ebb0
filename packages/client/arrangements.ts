import type { Http, NamedFile } from './http.ts'
import { ifMatch } from './if-match.ts'
import type { Layout, LayoutInput, Navigation, NavigationInput, TranslationFileCheck, Translations } from './types.ts'

/** How pages are arranged: the sidebar, and the sections of an object's records. */
export function arrangementMethods({ request }: Http) {
  return {
    navigation: () => request<Navigation>('GET', '/workspace/navigation'),
    /** With the version that the change is made on, it is refused with CONFLICT where somebody else was faster. */
    setNavigation: (input: NavigationInput, version?: number) =>
      request<Navigation>('PUT', '/workspace/navigation', { body: input, headers: ifMatch(version) }),
    layout: (slug: string) => request<Layout>('GET', `/objects/${slug}/layout`),
    setLayout: (slug: string, input: LayoutInput, version?: number) =>
      request<Layout>('PUT', `/objects/${slug}/layout`, { body: input, headers: ifMatch(version) }),
  }
}

/** The words of the workspace in other languages. */
export function translationMethods({ request, file }: Http) {
  return {
    list: (locale: string) => request<Translations>('GET', '/workspace/translations', { query: { locale } }),
    /** By their ids; null takes a text away, so that English stands in. */
    set: (locale: string, texts: Record<string, string | null>) =>
      request<Omit<Translations, 'texts'> & { changed: number }>('PUT', '/workspace/translations', {
        body: { locale, texts },
      }),
    file: (query: { locale: string; format: 'csv' | 'json'; missing?: boolean }): Promise<NamedFile> =>
      file('GET', '/workspace/translations/file', { query }),
    importFile: (input: { locale: string; format: 'csv' | 'json'; content: string; dryRun?: boolean }) =>
      request<TranslationFileCheck>('POST', '/workspace/translations/file', { body: input }),
  }
}
