/** The door of the jobs module: work that a person waits for. */
export { acceptedJobSchema, jobOperations, ownJob } from './jobs.operations.ts'
export type { JobError, JobRow, JobState } from './jobs.store.ts'
export { type AcceptedJob, type Enqueue, JobLost, type JobRun, type LongJobKind, LongJobs } from './long-jobs.ts'
export { type Behalf, Transactions, WorkspaceHeld } from './transactions.ts'
