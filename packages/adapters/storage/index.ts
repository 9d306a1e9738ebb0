export { DiskStorage } from './disk-storage.ts'
export { type S3Options, S3Storage } from './s3-storage.ts'
