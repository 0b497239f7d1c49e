import type { FieldError, ServiceDescriptor } from '@system-manager/client';
import { isMap, isNode, isSeq, LineCounter, parseDocument, stringify, type Document } from 'yaml';

/** Something that is wrong in the text, and where: positions count characters from 0. */
export interface Fault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** A text read as YAML: what it says, or what is wrong with it. */
export interface ReadText {
  readonly descriptor?: ServiceDescriptor;
  readonly document: Document;
  readonly faults: readonly Fault[];
}

export function readText(text: string): ReadText {
  const document = parseDocument(text, { lineCounter: new LineCounter() });
  const faults = document.errors.map(({ pos: [from, to], message }) => ({
    from: Math.min(from, text.length),
    to: Math.min(Math.max(to, from), text.length),
    message: message.split('\n', 1)[0] ?? message,
  }));
  if (faults.length > 0) return { document, faults };
  if (!isMap(document.contents))
    return {
      document,
      faults: [
        { from: 0, to: text.length, message: 'A descriptor has fields, as in `name: hello`.' },
      ],
    };
  return { document, faults, descriptor: document.toJS() as ServiceDescriptor };
}

const unescape = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** The place of a JSON pointer; where the field is missing, that of the nearest one around it. */
function rangeOf(document: Document, pointer: string): readonly [number, number] {
  let found: readonly [number, number] = [0, 0];
  let at: unknown = document.contents;
  for (const part of pointer.replace(/^#?\//, '').split('/').map(unescape)) {
    if (isMap(at)) {
      const pair = at.items.find(({ key }) => String(key) === part);
      if (!pair) break;
      const key = isNode(pair.key) ? pair.key.range : undefined;
      const value = isNode(pair.value) ? pair.value.range : undefined;
      found = [key?.[0] ?? 0, value?.[1] ?? key?.[1] ?? 0];
      at = pair.value;
    } else if (isSeq(at)) {
      at = at.items[Number(part)];
      if (!isNode(at) || !at.range) break;
      found = [at.range[0], at.range[1]];
    } else break;
  }
  return found;
}

/** What the manager found wrong with a descriptor, at the places in the text that it means. */
export const faultsOf = (document: Document, errors: readonly FieldError[]): readonly Fault[] =>
  errors.map(({ pointer, detail }) => {
    const [from, to] = rangeOf(document, pointer);
    return { from, to, message: `${pointer.replace(/^#\/?/, '') || 'descriptor'} ${detail}` };
  });

export const toText = (descriptor: ServiceDescriptor): string =>
  stringify(descriptor, { lineWidth: 100 });

/** What a new service begins with. */
export const exampleText = `# A service: what to run, how often, and where.
name: hello
replicas: 2
command: [sleep, '3600']
resources:
  cpuCores: 0.1
  memoryMiB: 32
`;
