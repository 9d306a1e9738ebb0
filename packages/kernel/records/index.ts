/** The record store: the only way to the records of a tenant, for every transport and module. */
export {
  type AggregateGroup,
  type AggregateQuery,
  aggregate,
  type GroupBy,
  intervals,
  type Measure,
  measureOps,
} from './aggregate.ts'
export { uniqueText } from './assemble.ts'
export { type RecordChange, updateRecord, updateRecords } from './change.ts'
export { type RecordContext, valueContext, visibleObject } from './context.ts'
export { createRecord, createRecords, type ItemResult } from './create.ts'
export { type HistoryEntry, recordHistory } from './history.ts'
export { addLink, removeLink } from './links.ts'
export {
  countStatement,
  type ListQuery,
  type ListResult,
  listRecords,
  select,
} from './list.ts'
export { lockRecord } from './lock.ts'
export { type ProjectedColumns, project, type RecordData } from './project.ts'
export { includeRelated, listLinked, readRow } from './read.ts'
export { accessOfField, findRelation, relationAccess } from './relations.ts'
export { recordNumbersStarted, reprojectRecords } from './reproject.ts'
export { isSystemAttribute, type PresentedRecord, presentRecord, type RecordRow, recordColumns } from './row.ts'
export { type FoundRecord, searchEverything } from './search.ts'
export { parseSort } from './sort.ts'
export { deleteRecord, deleteRecords, restoreRecord } from './trash.ts'
