export { ProcessThumbnails } from './process-thumbnails.ts'
