import { parentPort } from 'node:worker_threads'
import { type SegmentJob, SegmentWorker } from './segment-job.ts'
import { type JobReply, toFailure } from './segment-thread.ts'

/** A thread that writes segments, one job after the other (`segment-thread.ts`). */

const worker = new SegmentWorker()

const reply = (job: SegmentJob): JobReply => {
  try {
    return { written: worker.write(job) }
  } catch (error) {
    return { failure: toFailure(error) }
  }
}

parentPort?.on('message', (job: SegmentJob) => parentPort?.postMessage(reply(job)))
