/** Bodies, byte for byte. */
import { describe, expect, it } from 'vitest';
import {
  dbl,
  documentText,
  err,
  obj,
  str,
  txt,
} from '../../../src/compat/oakestra/http/encodings.js';

const value = { z: 1, a: ['ü', 'x"y\\'], m: { $oid: 'ab' }, none: null, absent: undefined };

describe('bodies', () => {
  it('OBJ: sorted keys, no blanks, ASCII, a newline', () => {
    expect(obj(value)).toEqual({
      status: 200,
      type: 'application/json',
      body: String.raw`{"a":["\u00fc","x\"y\\"],"m":{"$oid":"ab"},"none":null,"z":1}` + '\n',
    });
    expect(obj({ '\u{1f600}': '\u007f\n' }, 404)).toMatchObject({
      status: 404,
      body: String.raw`{"\ud83d\ude00":"\u007f\n"}` + '\n',
    });
  });

  it('TXT: the order of the document, blanks, no newline, declared as a page', () => {
    expect(txt([value])).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
      body: String.raw`[{"z": 1, "a": ["\u00fc", "x\"y\\"], "m": {"$oid": "ab"}, "none": null}]`,
    });
    expect(documentText([])).toBe('[]');
    expect(documentText({})).toBe('{}');
  });

  it('DBL: that text as a JSON string', () => {
    const { type, body } = dbl([{ a: 'ü"' }]);
    expect(type).toBe('application/json');
    expect(body).toBe(String.raw`"[{\"a\": \"\\u00fc\\\"\"}]"` + '\n');
    expect(JSON.parse(JSON.parse(body) as string)).toEqual([{ a: 'ü"' }]);
    expect(dbl('6b02').body).toBe(String.raw`"\"6b02\""` + '\n');
  });

  it('STR and ERR', () => {
    expect(str('ok')).toEqual({ status: 200, type: 'text/html; charset=utf-8', body: 'ok' });
    expect(err(409).body).toBe('{"code":409,"status":"Conflict"}\n');
    expect(err(404, { message: 'Gone.' }).body).toBe(
      '{"code":404,"message":"Gone.","status":"Not Found"}\n',
    );
  });
});
