import fc from 'fast-check'
import t from 'tap'
import { splitPassages, splitSentences } from '../../src/text/passages.ts'

t.test('sentences end at their terminator, not at abbreviations, decimals or addresses', async t => {
  t.strictSame(
    splitSentences(
      'M. Martin dit, p. ex., que 3,5 ou 3.5 suffit. Voir https://a.example/b.html?x=1. C’est fini ! « Vraiment ? » Oui.',
    ),
    [
      'M. Martin dit, p. ex., que 3,5 ou 3.5 suffit.',
      'Voir https://a.example/b.html?x=1.',
      'C’est fini !',
      '« Vraiment ? »',
      'Oui.',
    ],
  )
  t.strictSame(splitSentences('La société S.A.S. Truc (cf. art. 3)... vend des pièces, etc. Elle livre.'), [
    'La société S.A.S. Truc (cf. art. 3)... vend des pièces, etc.',
    'Elle livre.',
  ])
})

t.test('lines and bullets part; numbers stay with what they number', async t => {
  t.strictSame(splitSentences('Nos offres :\n• capteurs • drones\n1. Premier. 2. Deuxième.'), [
    'Nos offres :',
    'capteurs',
    'drones',
    '1. Premier.',
    '2. Deuxième.',
  ])
})

t.test('passages hold whole sentences up to the target', async t => {
  const sentence = 'Cette phrase a exactement cinquante caractères oui.'
  const passages = splitPassages(Array.from({ length: 25 }, () => sentence).join('  '), 500)
  t.equal(passages.length, 3)
  for (const passage of passages) {
    t.ok(passage.length <= 600, `${passage.length}`)
    t.match(passage, /^Cette.*oui\.$/)
  }
})

t.test('a sentence longer than twice the target is cut between words', async t => {
  const passages = splitPassages(`${'mesure '.repeat(300)}.`, 500)
  t.ok(passages.length > 3)
  for (const passage of passages) t.match(passage, /^mesure( mesure)*( \.)?$/)
})

t.test('a short rest joins the passage before it', async t => {
  const [first, second] = splitPassages(`${'mot '.repeat(120)}fin. Oui.`, 480)
  t.match(first, /fin\. Oui\.$/)
  t.equal(second, undefined)
})

t.test('no text yields no passage', async t => {
  t.strictSame(splitPassages(''), [])
  t.strictSame(splitPassages(' \n • \n'), [])
})

t.test('passages keep every word in order, whatever the text', async () => {
  const character = fc.constantFrom(...'abÀ1 \n•.?!»«"(),;M', 'M. ', 'etc. ', '😀')
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 400 }), fc.integer({ min: 2, max: 60 }), (text, target) => {
      const kept = splitPassages(text, target)
      const bare = (value: string) => value.replace(/[\s•]/g, '')
      return bare(kept.join('')) === bare(text) && kept.every(passage => passage !== '' && passage.isWellFormed())
    }),
    { numRuns: 1000 },
  )
})
