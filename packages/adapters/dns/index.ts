export { DnsTextRecords } from './dns-text-records.ts'
