// How strong a new password is, while it is typed: the count of src/accounts/password.cpp, which decides. Nothing of it
// leaves the page.
import { all, make, one } from './dom';
import { words } from './words';

const wantedBits = 79.5;
const wantedWords = 7;

const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/[‘’]/g, '\'');

const digitsAsLetters: Record<string, string> = { '@': 'a', 4: 'a', 0: 'o', 1: 'i', '!': 'i', 3: 'e', 5: 's', $: 's', 7: 't' };

/** Folded, with the letters people write as digits put back. */
const plain = (text: string): string => fold(text).replace(/[@40135!$7]/g, (sign) => digitsAsLetters[sign] ?? sign);

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const shrink = (text: string, word: string): string => (word.length < 4 ? text : text.replaceAll(word, '\x01'));

/** One that repeats the one before, or goes on counting from it, adds nothing. */
function charactersToGuess(text: string): number {
  let count = 0;
  let before = -100;
  let step = 0;
  for (const letter of text) {
    const here = letter.codePointAt(0) ?? 0;
    const now = here - before;
    if (!(now === 0 || (Math.abs(now) === 1 && now === step))) count += 1;
    step = now;
    before = here;
  }
  return count;
}

function alphabetOf(password: string): number {
  const kinds: [RegExp, number][] = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^a-zA-Z0-9]/, 37]];
  return kinds.reduce((sum, [kind, size]) => sum + (kind.test(password) ? size : 0), 0);
}

export function bitsOf(password: string, own: string[], common: string[]): number {
  let text = plain(password);
  for (const word of own.flatMap(wordsOf)) text = shrink(text, plain(word));
  for (const word of common) text = shrink(text, word);
  const alphabet = alphabetOf(password);
  return alphabet === 0 ? 0 : charactersToGuess(text) * Math.log2(alphabet);
}

let list: Promise<string[]> | null = null;

/** Fetched when somebody begins to type a new password, not before. */
function commonWords(): Promise<string[]> {
  list ??= import('../../passwords/common-words.txt').then(({ default: text }) => text.split('\n').filter((line) => line && !line.startsWith('#')).map(plain));
  return list;
}

async function show(field: HTMLInputElement, bar: HTMLProgressElement, told: HTMLElement): Promise<void> {
  const common = await commonWords();
  const own = ['email', 'name'].map((name) => one<HTMLInputElement>(`input[name=${name}]`)?.value ?? '');
  const distinct = new Set(wordsOf(field.value).filter((word) => word.length > 1)).size;
  const share = Math.min(1, Math.max(bitsOf(field.value, own, common) / wantedBits, distinct / wantedWords));
  const level = share >= 1 ? 3 : share >= 0.75 ? 2 : share >= 0.45 ? 1 : 0;
  bar.value = share;
  bar.dataset.level = String(level);
  bar.parentElement?.toggleAttribute('hidden', field.value === '');
  const sentence = words.strength[level] ?? '';
  if (told.textContent !== sentence) told.textContent = sentence;
}

export function startStrength(): void {
  // The second of two fields only repeats the first.
  for (const field of all<HTMLInputElement>('input[type=password][autocomplete=new-password]:not([name$=_again])')) {
    const block = make('div', 'g-strength');
    const bar = make('progress');
    const told = make('p', 'g-small');
    bar.max = 1;
    bar.setAttribute('aria-label', words.strengthName);
    told.setAttribute('role', 'status');
    block.append(bar, told);
    block.hidden = true;
    field.after(block);
    field.addEventListener('input', () => { void show(field, bar, told); });
  }
}
