/** Dashboards as files: drawn from the figures of whoever asks, with what they chose. */
import { inLocale } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import type { DashboardDefinition } from '@oneforge/templates'
import { type Chosen, type Figures, figuresOf } from './figures.service.ts'

export const fileFormats = ['pdf', 'png'] as const
export type FileFormat = (typeof fileFormats)[number]

const contentTypes: Record<FileFormat, string> = { pdf: 'application/pdf', png: 'image/png' }

export interface DashboardFile {
  name: string
  contentType: string
  content: Buffer
}

/** The dashboard as the caller sees it now, with what they chose. */
export async function dashboardFile(
  context: RecordContext,
  definition: DashboardDefinition,
  chosen: Chosen,
  format: FileFormat,
): Promise<DashboardFile> {
  return drawnFile(context, definition, await figuresOf(context, definition.widgets, chosen), format)
}

/** Charts and fonts are loaded by whoever draws first: nothing else of the server needs them. */
export async function drawnFile(
  { actor, locale }: RecordContext,
  definition: DashboardDefinition,
  figures: Figures,
  format: FileFormat,
): Promise<DashboardFile> {
  const [{ boardPicture }, { pngOf, pdfOf }] = await Promise.all([
    import('./picture/board.ts'),
    import('./picture/files.ts'),
  ])
  const picture = boardPicture(definition, figures, { name: actor.name, locale })
  const content = await (format === 'pdf' ? pdfOf : pngOf)(picture)
  const label = inLocale(definition.label, locale)
    .replace(/[^\p{L}\p{N}\p{P}\p{Zs}]|[\\/:*?"<>|]/gu, ' ')
    .trim()
  return { name: `${label} ${figures.at.slice(0, 10)}.${format}`, contentType: contentTypes[format], content }
}
