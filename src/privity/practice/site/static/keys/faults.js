// What the browser's half of the seal refuses, each named after its situation. One sentence each: what happened, what it
// means, what to do next. No message holds what was sealed, a key or a name.

export class SealFault extends Error {
  constructor(sentence) {
    super(sentence);
    this.name = new.target.name;
  }
}

/** Sealed bytes were not opened, and nothing of their content was shown. */
export class WillNotOpen extends SealFault {}

/** What was given cannot be sealed as it is. */
export class CannotSeal extends SealFault {}

/** A recovery code was not typed as it was printed. */
export class CodeMistyped extends SealFault {}

/** This browser or this passkey cannot do what sealing needs. */
export class CannotUnlock extends SealFault {}

/** Another person's key has not been compared, or is no longer the one that was. */
export class NotCompared extends SealFault {}
