export {
  type DeadJob,
  type EnqueueOptions,
  type JobKind,
  noTenant,
  type QueueDepth,
  type RunningJob,
  type ScheduleOptions,
} from './job.ts'
export { createJobs, type Jobs, type JobsOptions } from './jobs.ts'
export { prepareJobs } from './prepare.ts'
