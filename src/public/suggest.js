/**
 * Suggestions under the search box: an editable combobox with a list popup and manual selection (ARIA Authoring
 * Practices, "list autocomplete with manual selection"). The form works without it; every text comes from the page.
 */

const DEBOUNCE_MS = 120
const LIMIT = 8

/** The answer of the API, whatever it holds, as suggestions that can be shown. */
const readSuggestions = body => {
  const list = Array.isArray(body) ? body : (body?.suggestions ?? [])
  return list.filter(each => typeof each?.text === 'string').slice(0, LIMIT)
}

const createCombobox = input => {
  const texts = input.dataset
  const list = document.createElement('ul')
  list.id = `${input.id}-suggestions`
  list.className = 'suggestions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', texts.listLabel)
  list.hidden = true
  const live = document.createElement('p')
  live.className = 'hidden'
  live.setAttribute('role', 'status')
  input.after(list, live)

  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
    'aria-haspopup': 'listbox',
  })) {
    input.setAttribute(name, value)
  }

  let suggestions = []
  let active = -1
  let timer
  let request

  const options = () => [...list.children]

  const activate = index => {
    active = index
    options().forEach((option, i) => {
      option.setAttribute('aria-selected', String(i === index))
      if (i === index) option.scrollIntoView({ block: 'nearest' })
    })
    if (index < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', `${list.id}-${index}`)
  }

  const close = () => {
    clearTimeout(timer)
    request?.abort()
    list.hidden = true
    input.setAttribute('aria-expanded', 'false')
    activate(-1)
  }

  const announce = count => {
    const text = count === 0 ? texts.countNone : count === 1 ? texts.countOne : texts.countMany
    live.textContent = text.replace('{count}', String(count))
  }

  const accept = index => {
    const chosen = suggestions[index]
    if (chosen === undefined) return
    close()
    if (chosen.kind === 'supplier' && /^[0-9]{9}$/.test(chosen.siren ?? '')) {
      window.location.assign(texts.supplierPath + chosen.siren)
      return
    }
    input.value = chosen.text
    input.setSelectionRange(chosen.text.length, chosen.text.length)
    live.textContent = ''
  }

  const kindText = kind => texts[`kind${String(kind).charAt(0).toUpperCase()}${String(kind).slice(1)}`] ?? ''

  const optionOf = (suggestion, index) => {
    const option = document.createElement('li')
    option.id = `${list.id}-${index}`
    option.setAttribute('role', 'option')
    option.setAttribute('aria-selected', 'false')
    const text = document.createElement('span')
    text.textContent = suggestion.text
    const kind = document.createElement('small')
    kind.textContent = kindText(suggestion.kind)
    option.append(text, ' ', kind)
    // The press must not take the focus from the input, which would close the list before the click.
    option.addEventListener('pointerdown', event => event.preventDefault())
    option.addEventListener('click', () => accept(index))
    return option
  }

  const show = found => {
    suggestions = found
    list.replaceChildren(...found.map(optionOf))
    activate(-1)
    list.hidden = found.length === 0
    input.setAttribute('aria-expanded', String(found.length > 0))
    announce(found.length)
  }

  const fetchSuggestions = async () => {
    request?.abort()
    const q = input.value.trim()
    if (q === '') return close()
    request = new AbortController()
    const { signal } = request
    try {
      const response = await fetch(`${texts.suggest}?${new URLSearchParams({ q })}`, {
        signal,
        headers: { accept: 'application/json', 'accept-language': texts.language },
      })
      // Too many requests, a failure: typing goes on without suggestions.
      if (!response.ok) return close()
      const found = readSuggestions(await response.json())
      if (!signal.aborted && document.activeElement === input) show(found)
    } catch {
      if (!signal.aborted) close()
    }
  }

  const move = step => {
    const count = suggestions.length
    // One place before the first option is the text itself.
    activate(((active + 1 + step + count + 1) % (count + 1)) - 1)
  }

  const keys = {
    ArrowDown: () => (list.hidden ? void fetchSuggestions() : move(1)),
    ArrowUp: () => list.hidden || move(-1),
    Escape: () => {
      if (list.hidden) return false
      close()
    },
    Enter: () => {
      if (list.hidden || active < 0) return false
      accept(active)
    },
    // Home and End belong to the text: the list lets go of its option, the cursor moves as usual.
    Home: () => {
      activate(-1)
      return false
    },
    End: () => {
      activate(-1)
      return false
    },
    Tab: () => {
      close()
      return false
    },
  }

  input.addEventListener('keydown', event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const handled = keys[event.key]?.()
    if (event.key in keys && handled !== false) event.preventDefault()
  })
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(fetchSuggestions, DEBOUNCE_MS)
  })
  input.addEventListener('blur', close)
}

for (const input of document.querySelectorAll('input[data-suggest]')) createCombobox(input)
