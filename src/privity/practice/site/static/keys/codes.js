// Machine-made recovery codes: 136 random bits as four rows to print and to type, like the vault's recovery sheet. Nobody chooses
// one, so nobody can guess one. Bytes: FORMAT-BROWSER.md, "Recovery code".

import { CodeMistyped } from "./faults.js";
import { LABEL, join, random, same, sha256 } from "./primitives.js";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32: no I, L, O or U
const VERSION = 1;
const SECRET_BYTES = 17;
const ROW_BYTES = 5;
const ROWS = 4;
const READ_AS = { O: "0", I: "1", L: "1" };

/** Return a new code: its rows to print, such as `04PB-2X7K-Q`, and the secret they stand for. */
export async function newCode() {
  const secret = random(SECRET_BYTES);
  return { secret, rows: await rowsOf(secret) };
}

export async function rowsOf(secret) {
  const body = join(Uint8Array.of(VERSION), secret);
  const whole = join(body, (await sha256(join(LABEL + "code", body))).slice(0, 2));
  return Promise.all(Array.from({ length: ROWS }, (_, row) => rowOf(row, whole.slice(row * ROW_BYTES, (row + 1) * ROW_BYTES))));
}

/** Return the secret of a typed code; case, spaces, hyphens, O for 0 and I or L for 1 do not matter. */
export async function secretOf(typed) {
  const letters = tidy(typed);
  if (letters.length !== ROWS * 9) {
    throw new CodeMistyped(`a code has ${ROWS} rows of 9 letters, ${ROWS * 9} in all, and ${letters.length} were typed; count the rows`);
  }
  const whole = join(...(await Promise.all(Array.from({ length: ROWS }, (_, row) => readRow(row, letters.slice(row * 9, row * 9 + 9))))));
  if (whole[0] !== VERSION) throw new CodeMistyped("this code was printed by a newer Privity; load this page anew, then type it again");
  if (!same(whole.slice(-2), (await sha256(join(LABEL + "code", whole.slice(0, -2)))).slice(0, 2))) {
    throw new CodeMistyped("each row looks right and the code as a whole does not; see that all rows come from one sheet, and compare each letter");
  }
  return whole.slice(1, -2);
}

/** Return whether one row was typed from the printed sheet: shown to have been printed, before anything rests on it. */
export const typedFromSheet = (rows, row, typed) => tidy(typed) === tidy(rows[row]);

const tidy = (typed) => typed.toUpperCase().replace(/[\s-]/g, "").replace(/[OIL]/g, (letter) => READ_AS[letter]);

async function rowOf(row, part) {
  const value = part.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const letters = Array.from({ length: 8 }, (_, at) => LETTERS[Number((value >> BigInt(5 * (7 - at))) & 31n)]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}-${await check(row, part)}`;
}

async function readRow(row, letters) {
  const values = Array.from(letters, (letter) => LETTERS.indexOf(letter));
  if (values.includes(-1)) throw new CodeMistyped(`row ${row + 1} holds a sign that no code has; type that row again`);
  const value = values.slice(0, 8).reduce((sum, one) => (sum << 5n) | BigInt(one), 0n);
  const part = Uint8Array.from({ length: ROW_BYTES }, (_, at) => Number((value >> BigInt(8 * (ROW_BYTES - 1 - at))) & 255n));
  if (letters[8] !== (await check(row, part))) {
    throw new CodeMistyped(`row ${row + 1} does not check; type that row again, and see that the rows stand in their order`);
  }
  return part;
}

const check = async (row, part) => LETTERS[(await sha256(join(LABEL + "row", Uint8Array.of(row), part)))[0] & 31];
