/** From a guess in a few tries (0) to one that is out of reach (4): below 10^3, 10^6, 10^8, 10^10 guesses, or more. */
export type Score = 0 | 1 | 2 | 3 | 4;

/** What an estimate says. Words, not sentences: the page says them in its own language. */
export interface Strength {
  /** Below 10^3, 10^6, 10^8, 10^10 guesses, or more. */
  readonly score: Score;
  /** The guesses that a well-made attack needs, as log10. */
  readonly guessesLog10: number;
  /** Why it is weak, such as `"common-password"`; absent where nothing stands out. */
  readonly warning?: string;
  /** What would make it stronger, such as `"add-words"`; the most useful first. */
  readonly suggestions: readonly string[];
  /** Whether only the words inside the module were known: no word file has arrived. */
  readonly basic: boolean;
}

/** What to load besides the program. */
export interface LoadOptions {
  /** `"small"` (the default), `"full"`, the address of a word file, or `null` for none. */
  words?: "small" | "full" | (string & {}) | URL | null;
  /** A language tag (BCP 47) whose words are added where there is a file for it: de, es, fr, it, ja, nl, pl, pt. */
  lang?: string;
}

/**
 * Loads the program and the words. May be called again, for example with `"full"` when the page is idle; nothing is fetched twice.
 *
 * @returns whether all words asked for have arrived. Without them estimates are `basic`, or know fewer words.
 * @throws when the program itself does not load.
 */
export function load(options?: LoadOptions): Promise<boolean>;

/**
 * Estimates a password. Takes well below a millisecond for what people type, and is bounded for what they do not.
 *
 * @param inputs the person's and the organisation's own words: name, mail address, company.
 * @throws before `load()` has ended once.
 */
export function estimate(password: string, inputs?: readonly string[]): Strength;
