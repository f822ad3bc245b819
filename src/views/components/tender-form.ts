import { html } from 'ghtml'
import { DOCUMENT_LIMITS } from '../../model/document.ts'
import type { Language } from '../../model/language.ts'
import { textsOf } from '../locales/texts.ts'
import type { Fragment } from '../markup.ts'
import { pagePath } from '../urls.ts'

/** Where a text is pasted or a file chosen. */
export const tenderForm = (language: Language): Fragment => {
  const { tender } = textsOf(language)
  return html`<form class="stack tender-form" action="${pagePath(language, '/besoin')}" method="post" enctype="multipart/form-data">
<div><label for="text">${tender.text}</label><p class="small soft" id="text-hint">${tender.textHint}</p>
<textarea id="text" name="text" rows="14" maxlength="${DOCUMENT_LIMITS.characters}" aria-describedby="text-hint" spellcheck="false"></textarea></div>
<div><label for="file">${tender.file}</label><p class="small soft" id="file-hint">${tender.fileHint}</p>
<input id="file" name="file" type="file" accept=".pdf,.docx,.odt,.txt,.md,application/pdf,text/plain" aria-describedby="file-hint"></div>
<p><button class="button button--main" type="submit">${tender.analyse}</button></p>
</form>`
}
