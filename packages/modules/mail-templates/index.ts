/** The door of the mail-templates module: texts with merge fields, and the templates of messages. */
export { MergeFailed, type MergeScope, mergeFields, renderHtml, renderText } from './liquid.ts'
export { mailTemplateOperations } from './mail-templates.operations.ts'
export { type MergedTemplate, mergedTemplate } from './merged.ts'
export { plainTextOf } from './plain-text.ts'
export { problemOf, recordScope } from './record-scope.ts'
