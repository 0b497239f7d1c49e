/** Makes something slightly wrong out of something right. */
import type { Random } from '../simulation/engine/random.js';

const strangeTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'ﷺ'.repeat(50),
  'a'.repeat(5_000),
  '../../etc/passwd',
  '$where',
  '%zz',
  '__proto__',
  'constructor',
  '1e999',
  '000000000000000000000000',
  'ffffffffffffffffffffffff',
  '2026-13-45T99:99:99Z',
] as const;

const strangeValues = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  -0,
  [],
  {},
  [[[[]]]],
  { $gt: '' },
  { $set: { roles: ['admin'] } },
  ...strangeTexts,
] as const;

const strangeKeys = ['__proto__x', '$set', 'a.b', '', 'constructor', 'colour', 'toString'] as const;

type Container = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null;

/** A container somewhere in the value, each level as likely as the next. */
function somewhere(random: Random, value: Container): Container {
  const inner = Object.values(value).filter(isContainer);
  return inner.length === 0 || random.chance(0.4) ? value : somewhere(random, random.pick(inner));
}

function put(target: Container, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Changes one place of a copy of the value: replaces, removes, adds, doubles. */
export function mutateValue(random: Random, value: unknown): unknown {
  const copy: unknown = structuredClone(value);
  if (!isContainer(copy)) return random.pick(strangeValues);
  const target = somewhere(random, copy);
  const keys = Object.keys(target);
  if (keys.length === 0 || random.chance(0.15)) {
    put(target, random.pick(strangeKeys), random.pick(strangeValues));
    return copy;
  }
  const key = random.pick(keys);
  const present = Reflect.get(target, key) as unknown;
  switch (random.int(4)) {
    case 0:
      Reflect.deleteProperty(target, key);
      break;
    case 1:
      put(target, key, [present, present]);
      break;
    case 2:
      put(
        target,
        key,
        typeof present === 'number' ? present + random.int(3) - 1 : JSON.stringify(present),
      );
      break;
    default:
      put(target, key, random.pick(strangeValues));
  }
  return copy;
}

/** Changes a few characters: replaces, cuts off, repeats. */
export function mutateText(random: Random, text: string): string {
  const at = random.int(text.length + 1);
  switch (random.int(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return `${text.slice(0, at)}${String.fromCharCode(random.int(256))}${text.slice(at + 1)}`;
    case 2:
      return `${text.slice(0, at)}${text.slice(0, at)}${text.slice(at)}`;
    default:
      return `${text.slice(0, at)}${random.pick(strangeTexts)}${text.slice(at)}`;
  }
}

/** Changes some bytes. */
export function mutateBytes(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let times = 1 + random.int(4); times > 0; times -= 1)
    if (copy.length > 0) copy[random.int(copy.length)] = random.int(256);
  return random.chance(0.2) ? copy.subarray(0, random.int(copy.length + 1)) : copy;
}

export const strangeText = (random: Random): string => random.pick(strangeTexts);
