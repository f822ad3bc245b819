import { parentPort, workerData } from 'node:worker_threads'
import type { Table } from './table.ts'
import { toXlsx } from './xlsx.ts'

/** The thread that writes one large workbook and ends. */

const isTables = (value: unknown): value is readonly Table[] =>
  Array.isArray(value) && value.every(each => typeof each === 'object' && each !== null && 'rows' in each)

const write = async (tables: unknown): Promise<Uint8Array> => {
  if (!isTables(tables)) throw new TypeError('the worker is given tables')
  return toXlsx(tables)
}

parentPort?.postMessage(await write(workerData))
