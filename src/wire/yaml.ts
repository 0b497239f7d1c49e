/**
 * Reads YAML from strangers: the core schema only (no tags, no dates, no merge keys), one document, nested at most a hundred deep and
 * bounded in what its aliases expand to. As large as a body may be, it takes well under a second at the worst.
 */
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { DomainError } from '../domain/errors.js';

/** What a text may stand for once its aliases are written out, in characters of JSON, and how deep. */
const expandedCharsMax = 4 * 1024 * 1024;
const depthMax = 100;

const malformed = (what: string, cause?: unknown): DomainError =>
  new DomainError('malformed-body', `The body is not usable YAML: ${what}.`, { cause });

interface Extent {
  readonly chars: number;
  readonly depth: number;
}

/** About the size of the value as JSON; what is used twice counts twice. @throws DomainError - it contains itself */
function extentOf(value: unknown, known: Map<object, Extent | undefined>): Extent {
  if (typeof value === 'string') return { chars: value.length + 3, depth: 0 };
  if (typeof value !== 'object' || value === null) return { chars: 2, depth: 0 };
  if (known.has(value)) {
    const extent = known.get(value);
    if (extent === undefined) throw malformed('an alias stands inside of what it names');
    return extent;
  }
  known.set(value, undefined);
  let [chars, depth] = [2, 0];
  for (const [key, child] of Object.entries(value)) {
    const inner = extentOf(child, known);
    chars += inner.chars + (Array.isArray(value) ? 0 : key.length + 4);
    depth = Math.max(depth, inner.depth);
  }
  const extent = { chars, depth: depth + 1 };
  known.set(value, extent);
  return extent;
}

const explain = ({ reason, mark }: YAMLException): string =>
  mark === undefined ? reason : `${reason} at line ${mark.line + 1}, column ${mark.column + 1}`;

const valueOf = (text: string): unknown => {
  try {
    return load(text, { schema: CORE_SCHEMA, maxDepth: depthMax });
  } catch (error) {
    if (error instanceof YAMLException) throw malformed(explain(error), error);
    throw error;
  }
};

/**
 * The value of a YAML text whose root is a mapping.
 *
 * @throws DomainError `malformed-body` with line and column
 */
export const parseYaml = (text: string): unknown => {
  const value = valueOf(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('the root must be a mapping');
  const { chars, depth } = extentOf(value, new Map());
  if (chars > expandedCharsMax || depth > depthMax) throw malformed('its aliases expand too far');
  return value;
};
