export {
  type CellMoment,
  contentTypes,
  csvStream,
  type ExportCell,
  type ExportFormat,
  type ExportRows,
  exportFormats,
  jsonStream,
  xlsxStream,
} from './formats.ts'
