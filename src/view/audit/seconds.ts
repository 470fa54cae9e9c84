/** A sentence for people, whose instants need no fractions of a second; CSV and JSONL keep them. */
export const wholeSeconds = (text: string): string => text.replace(/(T\d\d:\d\d:\d\d)\.\d+Z/g, '$1Z')
