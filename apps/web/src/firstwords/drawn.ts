/** Elements without a library. Whatever is said stands in them as text, never as HTML. */

type Child = Node | string | false | null | undefined

/** @param attributes names of attributes; `true` for one without a value, and nothing for `false` and undefined. */
export function drawn<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | boolean | undefined>,
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value)
  }
  element.append(...children.filter((child): child is Node | string => child !== false && child != null))
  return element
}

/** With sizes and colours that only the record or the window knows. */
export function styled<Shape extends HTMLElement>(element: Shape, styles: Record<string, string>): Shape {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value)
  return element
}
