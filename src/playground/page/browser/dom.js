/** Makes an element. Texts become text nodes, never markup. `on…` are listeners, `data-…`, `aria-…` and others attributes. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties ?? {})) set(element, name, value)
  element.append(...flat(children))
  return element
}

const svgSpace = 'http://www.w3.org/2000/svg'

/** The same for SVG. */
export function svg(tag, properties, ...children) {
  const element = document.createElementNS(svgSpace, tag)
  for (const [name, value] of Object.entries(properties ?? {})) element.setAttribute(name, String(value))
  element.append(...flat(children))
  return element
}

function set(element, name, value) {
  if (value === undefined || value === null || value === false) return
  if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
  else if (name === 'class') element.className = value
  else if (name === 'value') element.value = value
  else element.setAttribute(name, value === true ? '' : String(value))
}

const flat = (children) =>
  children
    .flat(Number.POSITIVE_INFINITY)
    .filter((one) => one !== null && one !== undefined && one !== false && one !== '')

/**
 * Brings `parent` to the given items, in order: `[key, content, make]`. A node whose content (any JSON) is the same stays as it is, so
 * that nothing that did not change flickers, and focus and open menus stay.
 */
export function reconcile(parent, items) {
  const old = new Map()
  for (const node of parent.children) if (node.dataset.key !== undefined) old.set(node.dataset.key, node)
  let at = parent.firstElementChild
  for (const [key, content, make] of items) {
    const mark = JSON.stringify(content)
    const known = old.get(String(key))
    old.delete(String(key))
    let node = known
    if (!known || known.mark !== mark) {
      node = make()
      node.dataset.key = String(key)
      node.mark = mark
    }
    if (known && known !== node) {
      const focused = focusIn(known)
      if (at === known) at = node
      known.replaceWith(node)
      focused?.(node)
    }
    if (node === at) at = at.nextElementSibling
    else parent.insertBefore(node, at)
  }
  for (const node of old.values()) node.remove()
}

/** How to find what had the focus again, in a node that is drawn anew. */
function focusIn(node) {
  const active = document.activeElement
  if (!active || !node.contains(active)) return null
  const id = active.dataset.focus
  return id === undefined ? null : (fresh) => fresh.querySelector(`[data-focus="${CSS.escape(id)}"]`)?.focus()
}

/** Puts one node where another is, unless the content is still the same. */
export function only(parent, content, make) {
  reconcile(parent, [['only', content, make]])
}

/** Calls once in a frame however often it is asked. */
export function eachFrame(draw) {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      draw()
    })
  }
}
