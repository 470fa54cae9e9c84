import { crc32 } from 'node:zlib'

const utf8Names = 0x0800
/** 1 January 1980: the same text is the same file. */
const noDate = 0x0021

/** A zip with one stored file in it. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3 */
export function zipped(name: string, text: string): Uint8Array {
  const data = Buffer.from(text)
  const path = Buffer.from(name)
  const about = Buffer.alloc(26)
  about.writeUInt16LE(20, 0)
  about.writeUInt16LE(utf8Names, 2)
  about.writeUInt16LE(noDate, 8)
  about.writeUInt32LE(crc32(data), 10)
  about.writeUInt32LE(data.length, 14)
  about.writeUInt32LE(data.length, 18)
  about.writeUInt16LE(path.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), about, path, data])
  const made = Buffer.alloc(2)
  made.writeUInt16LE(20, 0)
  // Comment, disk, attributes and the offset of the file: all zero.
  const central = Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), made, about, Buffer.alloc(14), path])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06', 'latin1'), end])
}
