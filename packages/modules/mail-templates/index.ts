/** The door of the mail-templates module: texts with merge fields, and the templates of messages. */
export { MergeFailed, type MergeScope, mergeFields, renderHtml, renderText } from './liquid.ts'
