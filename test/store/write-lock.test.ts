import { spawn } from 'node:child_process'
import { once } from 'node:events'
import t from 'tap'
import { CatalogueBusyError } from '../../src/store/errors.ts'
import { lockCatalogue } from '../../src/store/write-lock.ts'

t.test('one holder at a time, and the next one as soon as it releases', async t => {
  const folder = t.testdir()
  const lock = lockCatalogue(folder)
  t.throws(() => lockCatalogue(folder), CatalogueBusyError)
  lock.release()
  lockCatalogue(folder).release()
})

t.test('a process that is killed does not leave its lock behind', async t => {
  const folder = t.testdir()
  const module = new URL('../../src/store/write-lock.ts', import.meta.url).href
  const code = `import(${JSON.stringify(module)}).then(({ lockCatalogue }) => {
    globalThis.lock = lockCatalogue(${JSON.stringify(folder)})
    console.log('held')
    setInterval(() => globalThis.lock, 1000)
  })`
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  t.throws(() => lockCatalogue(folder), /Another import is under way.*wait/)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  lockCatalogue(folder).release()
})
