import { fileURLToPath } from 'node:url'
import t from 'tap'
import { brique } from '../support/command-line.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

t.test('every command and its options are documented by --help', async t => {
  const folder = t.testdir()
  const overview = await brique(folder, '--help')
  t.equal(overview.code, 0)
  for (const command of ['import', 'demo', 'remove', 'index', 'evaluate', 'sources', 'status']) {
    t.match(overview.stdout, `  ${command}`)
    const help = await brique(folder, command, '--help')
    t.match([help.code, help.stdout], [0, `Usage: npm run brique -- ${command}`])
  }
})

t.test('a mistake in the command line ends with code 2 and says what was meant', async t => {
  const folder = t.testdir()
  const ended = await Promise.all([
    brique(folder),
    brique(folder, 'imprt'),
    brique(folder, 'import', '--fast'),
    brique(folder, 'toString'),
  ])
  t.strictSame(
    ended.map(({ code }) => code),
    [2, 2, 2, 2],
  )
  t.match(ended[1]?.stderr, 'Unknown command "imprt"')
  t.match(ended[2]?.stderr, /Unknown option '--fast'\. Try "npm run brique -- import --help"/)
})

t.test('a failure that has a remedy ends with code 1 and no stack; success with code 0', async t => {
  const folder = t.testdir()
  const failed = await brique(folder, 'import', 'ilab', fixture('list.csv'))
  t.match([failed.code, failed.stderr], [1, /^list.csv is not this source's file/])
  t.notMatch(failed.stderr, /\n {4}at /)
  const done = await brique(folder, 'import', 'ilab', fixture('ilab.csv'))
  t.match([done.code, done.stderr, done.stdout], [0, '', 'The catalogue holds 4 suppliers, 3 of them named.'])
})
