/** The first words of a list. */
import type { Reading } from '@oneforge/client/reading'
import { formatNumber } from '../fields/format.ts'
import { t } from '../i18n/texts.ts'
import { begin, type Drawing } from './begin.ts'
import { boardDrawing } from './board.ts'
import { diaryDrawing } from './diary.ts'
import { drawList, listShown, type ShownList } from './listPage.ts'
import { tableDrawing } from './table.ts'
import { formatOf } from './values.ts'

begin(listDrawing)

async function listDrawing(reading: Reading, slug: string): Promise<Drawing> {
  const [object, views] = await Promise.all([reading.objects.get(slug), reading.views.list(slug)])
  const shown = listShown(object, views)
  if (!shown) throw new Error('More than the address says what this list shows.')
  const { filter, search } = shown.query
  const counting = reading.records.count(slug, { filter, search })
  counting.catch(() => undefined)
  const drawRecords = recordsDrawing(reading, shown)
  return async (page, workspace) => {
    const format = formatOf(workspace)
    const { parts, records, count } = drawList(shown)
    page.append(...parts)
    const [found] = await Promise.all([
      counting,
      drawRecords?.(format).then((elements) => elements.length > 0 && records.replaceWith(...elements)),
    ])
    const noun = found.count === 1 ? object.label : object.labelPlural
    count.textContent = t('list:count', { formatted: formatNumber(found.count, format.locale), noun })
  }
}

/** What of the records can be drawn; the rest is left to the page. */
function recordsDrawing(reading: Reading, shown: ShownList) {
  const { layout } = shown
  if (layout === 'table') return tableDrawing(reading, shown)
  if (layout === 'kanban') return boardDrawing(reading, shown)
  return layout === 'calendar' ? diaryDrawing(reading, shown) : undefined
}
