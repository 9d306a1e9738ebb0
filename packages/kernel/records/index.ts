/** The record store: the only way to the records of a tenant, for every transport and module. */

export {
  type Aggregated,
  type AggregateGroup,
  type AggregateQuery,
  type AggregateQuestion,
  aggregate,
  aggregateQuestion,
  aggregateRows,
  type Measure,
  maxGroups,
  measureName,
  measureOps,
} from './aggregate.ts'
export { endingField, mostMinutes, usualMinutes } from './bookings/bookable.ts'
export {
  type BulkOutcome,
  type BulkUpdate,
  deleteMany,
  type Meant,
  purgeMany,
  requireBulkUpdate,
  restoreMany,
  takeBackUpdates,
  updateMany,
} from './bulk.ts'
export { type RecordChange, updateAllOrNone, updateRecord } from './change.ts'
export { updateRecords } from './change-many.ts'
export { fillColumns, isRelatedColumn, planColumns, type RelatedColumns } from './columns.ts'
export { valuesBeside } from './columns-beside.ts'
export type { DeferredWork } from './computed/deferred-work.ts'
export { settleLate } from './computed/late.ts'
export { noteSamplesGoing } from './computed/note.ts'
export { failingRecords, tryFormula } from './computed/trial.ts'
export { type RecordContext, valueContext, visibleObject } from './context.ts'
export { type ConversionSurvey, distinctTexts, surveyConversion } from './conversion.ts'
export { createAllOrNone, createRecord, createRecords, type ItemResult, type NewRecord } from './create.ts'
export { type Draft, whenBeforeWritten } from './drafts.ts'
export { alikeAmong } from './duplicates/among.ts'
export {
  comparedValues,
  type DuplicateReason,
  describeReasons,
  duplicatesOfNew,
  type FoundDuplicates,
  findDuplicates,
  mostAlike,
  recordsLike,
  type SimilarRecord,
} from './duplicates/find.ts'
export { duplicateKeys, writeKeys } from './duplicates/keys.ts'
export { type Likeness, likeness } from './duplicates/likeness.ts'
export {
  comparedBy,
  comparisonsOf,
  duplicateRuleProblems,
  duplicateSettings,
  suggestedSettings,
} from './duplicates/settings.ts'
export { type Entries, entriesInsert } from './entries.ts'
export { whenDone } from './finished.ts'
export { mostDepth, type RecordGraph, recordGraph } from './graph.ts'
export {
  type GroupBy,
  type GroupSubject,
  groupSubject,
  type Interval,
  intervals,
  recurringIntervals,
} from './grouping.ts'
export { type HistoryEntry, recordHistory } from './history.ts'
export { fileKey, type ToldFile } from './history-files.ts'
export { type BroughtBack, bringBack, type EarlierState } from './history-restore.ts'
export { includeRelated } from './include.ts'
export { pruneRecordChanges } from './kept-saved.ts'
export { type LinkedRecord, linkSorts, listLinked } from './link-list.ts'
export { orderLinks } from './link-order.ts'
export { addLink, type LinkChange, removeLink } from './links.ts'
export {
  countStatement,
  type ListQuery,
  type ListResult,
  listRecords,
  select,
  selectFromAfar,
} from './list.ts'
export { lockRecord } from './lock.ts'
export { mentionsIn } from './mentions.ts'
export { type ListedMerge, mergedIds, mergesInto, survivorId } from './merge.store.ts'
export { type MergeChoice, type MergeRequest, type MergeResult, mergeRecords } from './merge.ts'
export { type ProjectedColumns, project, type RecordData } from './project.ts'
export { readRow } from './read.ts'
export { isProtected } from './reading.ts'
export { accessOfField, findRelation, relationAccess, visibleTargets } from './relations.ts'
export {
  countDeferred,
  recordNumbersStarted,
  workOnDeferred,
  workToTheEnd,
} from './reproject.ts'
export {
  dataColumn,
  isSystemAttribute,
  type PresentedRecord,
  presentRecord,
  type RecordRow,
  recordColumns,
} from './row.ts'
export { type BrokenRule, countBroken } from './rules/count.ts'
export { isDefaultFormula } from './rules/defaults.ts'
export { keysOfSeveral, ruleProblems } from './rules/definition.ts'
export { judgeSettled } from './rules/late.ts'
export { continueNumbers } from './rules/number-counters.ts'
export { reserveNumbers } from './rules/number-existing.ts'
export { type NumbersSeen, NumbersUnseen } from './rules/number-looks.ts'
export { seenConditions, seenDefault, seenRules, seenUniqueKeys } from './rules/seen.ts'
export { uniqueText } from './rules/unique.ts'
export {
  changeUniqueKeys,
  forgetValues,
  type LostValue,
  mostDuplicates,
  namedDuplicates,
  sharedValues,
  takeUniqueValues,
} from './rules/unique-index.ts'
export { withoutRulesOverLinks } from './rules/without-links.ts'
export { searchedFields } from './search/conditions.ts'
export { type Findings, type FoundRecord, searchEverything } from './search/everything.ts'
export { excerptOf, type Mark, marksIn } from './search/marks.ts'
export { noteVisit } from './search/visits.ts'
export { parseSort } from './sort.ts'
export { pipelineProblems } from './stages/definition.ts'
export { type StageChange, stageOf } from './stages/moves.ts'
export { isNotFound, readSurvivor } from './survivor.ts'
export type { Trace } from './trace.ts'
export { isTraceable } from './traceable.ts'
export { deleteRecord, deleteRecords, restoreRecord } from './trash.ts'
export { type UnmergeResult, undoMerge } from './unmerge.ts'
export { problemsOfNew } from './validate.ts'
export { latestChanges, listVersions, type RecordVersion } from './versions.ts'
export { whenActivityWritten } from './written-activities.ts'
