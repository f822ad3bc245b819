import { attribute, type Element, elementsOf } from './dom.ts'

/** Forms that ask for a text and an address for something else than to be answered. */
const OTHER_FORM = /comment|respond|review|\bavis\b|reply|newsletter|search|login|connexion/i

const MAX_FIELDS = 200

const namesOf = (element: Element, names: readonly string[]): string =>
  names.map(name => attribute(element, name)?.slice(0, 100) ?? '').join(' ')

const asksForEmail = (element: Element): boolean =>
  element.name === 'input' &&
  (attribute(element, 'type')?.toLowerCase() === 'email' ||
    /e-?mail|courriel|adresse electronique/i.test(namesOf(element, ['name', 'id', 'placeholder', 'aria-label'])))

const isMessageForm = (form: Element): boolean => {
  if (OTHER_FORM.test(namesOf(form, ['id', 'class', 'action', 'name']))) return false
  const fields = elementsOf(form.children)
    .filter(({ name }) => name === 'input' || name === 'textarea')
    .slice(0, MAX_FIELDS)
  const isComment = (element: Element): boolean => /comment/i.test(attribute(element, 'name') ?? '')
  return fields.some(each => each.name === 'textarea' && !isComment(each)) && fields.some(asksForEmail)
}

/** Whether a form of the page asks for a message and for an e-mail address: one to write to whom the site is of. */
export const hasMessageForm = (elements: readonly Element[]): boolean =>
  elements.some(element => element.name === 'form' && isMessageForm(element))
