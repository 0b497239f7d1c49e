/**
 * Reads YAML from strangers: the core schema only (no tags, no dates, no merge keys), one document, bounded in size and in what
 * its aliases may expand to.
 */
import {
  isMap,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type YAMLError,
} from 'yaml';
import { DomainError } from '../domain/errors.js';

/** Parsing takes up to 4 µs a byte, and blocks; 256 KiB is a second at the worst. JSON may be larger. */
const yamlBytesMax = 256 * 1024;

/** How much aliases may expand: uses of an anchor, times the aliases inside what it names. */
const aliasWeightMax = 100;

const malformed = (what: string, cause?: unknown): DomainError =>
  new DomainError('malformed-body', `The body is not usable YAML: ${what}.`, { cause });

const at = (lines: LineCounter, offset: number): string => {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
};

const reasonOf = ({ code, message }: YAMLError): string =>
  code === 'RESOURCE_EXHAUSTION' ? 'it is nested too deeply' : message.slice(0, 200);

/** The parser's own check compares each key with each other, which takes minutes for a large map. */
const refuseDuplicateKeys = (document: Document, lines: LineCounter): void => {
  visit(document, {
    Map: (_key, map) => {
      const seen = new Set<string>();
      for (const pair of map.items) {
        if (!isPair(pair) || !isScalar(pair.key)) throw malformed('a key must be a plain value');
        const name = String(pair.key.value);
        if (seen.has(name)) {
          throw malformed(`a key stands twice at ${at(lines, pair.key.range?.[0] ?? 0)}`);
        }
        seen.add(name);
      }
    },
  });
};

const valueOf = (text: string): unknown => {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'core',
    version: '1.2',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  // A warning is a tag or directive that is not known; its value would be read as something else than was meant.
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw malformed(`${reasonOf(fault)} at ${at(lines, fault.pos[0])}`, fault);
  if (!isMap(document.contents)) throw malformed('the root must be a mapping');
  refuseDuplicateKeys(document, lines);
  return document.toJS({ maxAliasCount: aliasWeightMax });
};

/**
 * The value of a YAML text whose root is a mapping.
 *
 * @throws DomainError `malformed-body` with line and column; `body-too-large`
 */
export const parseYaml = (text: string): unknown => {
  if (Buffer.byteLength(text) > yamlBytesMax) {
    const detail = `A YAML body may have ${yamlBytesMax} bytes; send JSON if you need more.`;
    throw new DomainError('body-too-large', detail);
  }
  try {
    return valueOf(text);
  } catch (error) {
    if (error instanceof ReferenceError) throw malformed('its aliases expand too far', error);
    if (error instanceof RangeError) throw malformed('it is nested too deeply', error);
    throw error;
  }
};
