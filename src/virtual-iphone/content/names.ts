/**
 * Names that have broken programs: decomposed and composed forms of one text, right-to-left and bidirectional
 * controls, the longest component (255 bytes), leading dots, spaces at the ends, emoji with joiners, names that
 * Windows reserves, and characters that other systems take for separators. All are legal on a phone.
 */
export const trapNames: readonly string[] = [
  'Cafe\u0301 re\u0301sume\u0301.txt',
  'Caf\u00e9 r\u00e9sum\u00e9.txt',
  '\u00c5ngstro\u0308m und A\u030angstr\u00f6m.pdf',
  '\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd.txt',
  '\u0645\u0631\u062d\u0628\u0627 2024.pdf',
  'invoice\u202egpj.exe',
  '.hidden',
  '...three dots',
  'trailing space ',
  'trailing dot.',
  ' leading space',
  '\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66 family \ud83c\uddf3\ud83c\uddf5.jpg',
  'AUX',
  'CON.txt',
  'nul',
  'COM1.log',
  'time 12:30:45.txt',
  'back\\slash\\name.txt',
  'what? "quoted" <tag> |pipe| *.txt',
  'tab\tand\nnewline.txt',
  '\u0928\u092e\u0938\u094d\u0924\u0947.txt',
  '\u3053\u3093\u306b\u3061\u306f\u304c\u304e\u3050.txt',
  '\u304b\u3099\u304d\u3099.txt',
  '\uac00\uac01.txt',
  '\u1100\u1161.txt',
  '%2e%2e%2f.txt',
  '$(touch x);`id`.sh',
  '-rf',
  `${'n'.repeat(251)}.txt`,
  `${'\u00e9'.repeat(125)}.txt`,
  `${'\ud83d\ude00'.repeat(62)}.txt`,
  'x'.repeat(255),
];

const everyNth = 97;

/** A trap for some files of a large phone, with the plain name for the rest. */
export function trapName(n: number, plain: string): string {
  if (n % everyNth !== everyNth - 1) return plain;
  const trap = trapNames[Math.floor(n / everyNth) % trapNames.length] ?? plain;
  const numbered = `${n} ${trap}`;
  return Buffer.byteLength(numbered) <= 255 ? numbered : plain;
}
