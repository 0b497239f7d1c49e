import { inWords, toneOf } from '../model/phases.js';

/** A word of the contract in its colour; the colour says nothing that the word does not. */
export const Badge = ({ word }: { readonly word: string }) => (
  <span className={`badge ${toneOf(word)}`}>{inWords(word)}</span>
);
