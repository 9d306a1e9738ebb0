export { SharpThumbnails } from './sharp-thumbnails.ts'
