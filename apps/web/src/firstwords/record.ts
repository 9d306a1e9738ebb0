/** The first words of a record. */
import { begin } from './begin.ts'
import { drawRecord, readRecord } from './recordPage.ts'
import { formatOf } from './values.ts'

begin(async (reading, slug, id) => {
  const shown = await readRecord(reading, slug, id)
  return async (page, workspace) => page.append(drawRecord(shown, workspace, formatOf(workspace)))
})
