export {
  openTable,
  type Table,
  type TableFormat,
  type TableHints,
  type TableRow,
  tableLimits,
} from './formats/table.ts'
