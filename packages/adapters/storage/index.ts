export { DiskStorage } from './disk-storage.ts'
