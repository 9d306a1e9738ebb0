/** Draws the picture in the file that is named, small, to the standard output. Ends with 1 where it cannot. */
import sharp from 'sharp'

/** On the longer side. */
const mostPixels = 320
/** A picture of a good camera; opened, it takes 200 MB. A file of a few kilobytes can say that it has billions. */
const mostInputPixels = 50_000_000

sharp.cache(false)
sharp.concurrency(1)
// The formats that are meant, whatever else the file may also be read as.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Png', 'Jpeg', 'Nsgif', 'Webp', 'Heif', 'Tiff'].map((name) => `VipsForeignLoad${name}`) })

try {
  const picture = await sharp(process.argv[2], { limitInputPixels: mostInputPixels, failOn: 'error' })
    .rotate()
    .resize(mostPixels, mostPixels, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75 })
    .toBuffer()
  process.stdout.write(picture)
} catch {
  process.exitCode = 1
}
