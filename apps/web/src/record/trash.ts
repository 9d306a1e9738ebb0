/** The trash of an object: what is in it, what was deleted last first; scrolls on. */
import { useRecords } from '../api/records.ts'

export const useTrash = (slug: string) => useRecords(slug, { deleted: true, sort: ['-updatedAt'] })
