/** A template's text with `__name__` replaced by the value of that name. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/__([A-Za-z]+)__/g, (whole, key: string) => values[key] ?? whole)
}
